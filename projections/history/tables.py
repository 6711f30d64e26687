"""The tables of the history: its lines, the cells they name in lists, and what stood before."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, SmallInteger, Table, Text, text

from projections.columns import column_table
from projections.tables import COUNT, ID, MOMENT

metadata: Final = MetaData()

sheet: Final = Table(
    "history_sheet",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("school_year", Text, nullable=False),
    Column("semester", Integer, nullable=False),
    Column("class_group", Text, nullable=False),
    Column("subject", Text, nullable=False),
)

column: Final = column_table("history_column", metadata)

# Written out, since a partial index answers only questions that repeat its condition literally.
AWAITS_REENTRY: Final = text("kind = 'mark-cleared' AND reentered_at IS NULL")

line: Final = Table(
    "history_line",
    metadata,
    Column("position", COUNT, primary_key=True, autoincrement=False),
    Column("sheet_id", ID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("day", Text, nullable=False),
    Column("person", ID, nullable=False),
    Column("role", Text, nullable=False),
    Column("on_behalf_of", ID),
    Column("command_id", ID, nullable=False),
    Column("pupil", ID),
    Column("column", Text),
    Column("before", Text),
    Column("after", Text),
    Column("net_before", Text),
    # 1 up, -1 down, 0 neither; null where no mark changed.
    Column("direction", SmallInteger),
    Column("cleared_at", COUNT),
    Column("reentered_at", COUNT),
    Column("lock_state", Text),
    Column("after_official", Boolean, nullable=False),
    Column("correction_id", ID),
    Column("cause", Text),
    Column("reason", Text),
    Column("until", MOMENT),
    Column("teacher", ID),
    Column("refusal", Text),
    Column("attempted", Text),
    Index("history_line_of_cell", "sheet_id", "pupil", "column"),
    Index("history_line_of_person", "person"),
    Index("history_line_of_day", "day"),
)

Index(
    "history_line_on_behalf",
    line.c.on_behalf_of,
    sqlite_where=line.c.on_behalf_of.is_not(None),
    postgresql_where=line.c.on_behalf_of.is_not(None),
)
Index(
    "history_line_of_correction",
    line.c.correction_id,
    sqlite_where=line.c.correction_id.is_not(None),
    postgresql_where=line.c.correction_id.is_not(None),
)
Index(
    "history_line_awaiting_reentry",
    line.c.sheet_id,
    sqlite_where=AWAITS_REENTRY,
    postgresql_where=AWAITS_REENTRY,
)

cell: Final = Table(
    "history_cell",
    metadata,
    Column("position", COUNT, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("sheet_id", ID, nullable=False),
    Column("pupil", ID, nullable=False),
    Column("column", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("correction_id", ID),
    Index("history_cell_of_cell", "sheet_id", "pupil", "column"),
    Index("history_cell_of_pupil", "pupil"),
)
