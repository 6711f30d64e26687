"""The tables of the progress: sheets, who teaches them, their columns, and what each pupil has.

A pupil's cells are two numbers in which each column of a sheet has a bit of its own, so a sheet of
45 pupils is 45 rows however many marks are entered, changed and cleared in it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Table, Text, text

from ledger.vocabulary import columns_of
from projections.columns import column_table
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

teacher: Final = Table(
    "progress_teacher",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("person", ID, primary_key=True),
    # Version and place in the list: the order in which teachers came to the sheet.
    Column("since", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("left", Boolean, nullable=False),
)

column: Final = column_table("progress_column", metadata)

pupil: Final = Table(
    "progress_pupil",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("pupil", ID, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("left", Boolean, nullable=False),
    # Kept when a pupil leaves, so that the marks count again when the pupil comes back.
    Column("filled", Integer, nullable=False, server_default=text("0")),
    Column("awaiting", Integer, nullable=False, server_default=text("0")),
    # The pupils of a sheet lie together, since they are counted together.
    sqlite_with_rowid=False,
)
