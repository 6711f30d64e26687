"""The tables of the progress: sheets, who teaches them, their columns, and what each pupil has.

A pupil's cells are two numbers in which each column of a sheet has a bit of its own, so a sheet of
45 pupils is 45 rows however many marks are entered, changed and cleared in it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, text

from ledger.vocabulary import columns_of
from projections.columns import column_table
from projections.roster import pupil_table, teacher_table
from projections.tables import ID

metadata: Final = MetaData()

# A column's place among all that a sheet may have: its number is part of what is stored.
BITS: Final[Mapping[str, int]] = MappingProxyType(
    {column: place for place, column in enumerate(columns_of(9))}
)

sheet: Final = Table(
    "progress_sheet",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("school_year", Text, nullable=False),
    Column("semester", Integer, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("class_group", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Index("progress_sheet_of_semester", "school_year", "semester"),
)

teacher: Final = teacher_table("progress_teacher", metadata)

column: Final = column_table("progress_column", metadata)

pupil: Final = pupil_table(
    "progress_pupil",
    metadata,
    # Kept when a pupil leaves, so that the marks count again when the pupil comes back.
    Column("filled", Integer, nullable=False, server_default=text("0")),
    Column("awaiting", Integer, nullable=False, server_default=text("0")),
    # The pupils of a sheet lie together, since they are counted together.
    with_rowid=False,
)
