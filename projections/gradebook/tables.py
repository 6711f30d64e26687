"""The tables of the gradebook: sheets, who is on them, their columns and their cells."""

from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from projections.columns import column_table
from projections.roster import pupil_table, teacher_table
from projections.tables import COUNT, ID, MOMENT

metadata: Final = MetaData()

sheet: Final = Table(
    "gradebook_sheet",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("school_year", Text, nullable=False),
    Column("semester", Integer, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("class_group", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("homeroom_teacher", ID, nullable=False),
    Column("version", Integer, nullable=False),
    Index("gradebook_sheet_of_homeroom", "homeroom_teacher"),
    Index("gradebook_sheet_of_class", "class_group"),
)

teacher: Final = teacher_table("gradebook_teacher", metadata)
pupil: Final = pupil_table("gradebook_pupil", metadata, with_rowid=True)
column: Final = column_table("gradebook_column", metadata)

# The reason of a correction is the reason of the lock that follows it.
correction: Final = Table(
    "gradebook_correction",
    metadata,
    Column("correction_id", ID, primary_key=True),
    Column("reason", Text, nullable=False),
)

cell: Final = Table(
    "gradebook_cell",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("pupil", ID, primary_key=True),
    Column("column", Text, primary_key=True),
    Column("mark", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("by", ID, nullable=False),
    Column("role", Text, nullable=False),
    Column("on_behalf_of", ID),
    Column("at", MOMENT, nullable=False),
    Column("position", COUNT, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("correction_id", ID),
    Column("before_correction", Text),
    Column("unconfirmed_for", ID),
    # The cells of a sheet lie together, in the order in which they are asked for.
    sqlite_with_rowid=False,
)
