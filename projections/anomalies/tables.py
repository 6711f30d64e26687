"""The tables of the anomalies: sheets and their marks as compact rows, and what became of marks.

Each row has its school year and the position of the last line that moved it, so that a reader who
has all rows up to a position asks for those after it alone. No row is ever removed.
"""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, SmallInteger, Table, Text, text

from projections.columns import column_table
from projections.tables import COUNT, ID, MOMENT

metadata: Final = MetaData()

column: Final = column_table("anomalies_column", metadata)

# `columns` and `teachers` are JSON lists, `pupils` one of [pupil, number, whether they left] in
# the order in which they came: a pupil's place in it is the place in the marks of each column.
sheet: Final = Table(
    "anomalies_sheet",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("school_year", Text, nullable=False),
    Column("semester", Integer, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("class_group", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("columns", Text, nullable=False),
    Column("teachers", Text, nullable=False),
    Column("pupils", Text, nullable=False),
    Column("moved", COUNT, nullable=False),
    Index("anomalies_sheet_moved", "school_year", "moved"),
)

# The cells of a column, as `packing` writes them; those after the last are empty.
marks: Final = Table(
    "anomalies_marks",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("column", Text, primary_key=True),
    Column("school_year", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("moved", COUNT, nullable=False),
    Index("anomalies_marks_moved", "school_year", "moved"),
)

# Written out, since a partial index answers only questions that repeat its condition literally.
AWAITS_REENTRY: Final = text('"after" = 255')

# `begun` is the line that took the mark away, `moved` the one that put another there; `since` is
# when the mark before had been written. Marks are bytes as in the columns of cells.
change: Final = Table(
    "anomalies_change",
    metadata,
    Column("begun", COUNT, primary_key=True, autoincrement=False),
    Column("moved", COUNT, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("sheet_id", ID, nullable=False),
    Column("pupil", ID, nullable=False),
    Column("column", Text, nullable=False),
    Column("before", SmallInteger, nullable=False),
    Column("after", SmallInteger, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("since", MOMENT, nullable=False),
    Column("person", ID, nullable=False),
    Column("role", Text, nullable=False),
    Column("on_behalf_of", ID),
    Column("command_id", ID, nullable=False),
    Column("lock_state", Text, nullable=False),
    Column("after_official", Boolean, nullable=False),
    Column("window", COUNT),
    Column("deadline", MOMENT),
    Column("correction_id", ID),
    Index("anomalies_change_moved", "school_year", "moved"),
)
Index(
    "anomalies_change_awaiting_reentry",
    change.c.sheet_id,
    sqlite_where=AWAITS_REENTRY,
    postgresql_where=AWAITS_REENTRY,
)

# What is part of a key is never null: entries on nobody's behalf have NOBODY there.
NOBODY: Final = "00000000-0000-0000-0000-000000000000"

entries: Final = Table(
    "anomalies_entries",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("column", Text, primary_key=True),
    Column("person", ID, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("on_behalf_of", ID, primary_key=True),
    Column("school_year", Text, nullable=False),
    Column("entered", Integer, nullable=False),
    Column("at_odd_hours", Integer, nullable=False),
    Column("before_deadline", Integer, nullable=False),
    Column("moved", COUNT, nullable=False),
    Index("anomalies_entries_moved", "school_year", "moved"),
)

attempt: Final = Table(
    "anomalies_attempt",
    metadata,
    Column("moved", COUNT, primary_key=True, autoincrement=False),
    Column("school_year", Text, nullable=False),
    Column("sheet_id", ID, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("person", ID, nullable=False),
    Column("role", Text, nullable=False),
    Column("refusal", Text, nullable=False),
    Index("anomalies_attempt_moved", "school_year", "moved"),
)

# `cells` is a JSON list of [pupil, column].
request: Final = Table(
    "anomalies_request",
    metadata,
    Column("correction_id", ID, primary_key=True),
    Column("position", COUNT, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("sheet_id", ID, nullable=False),
    Column("person", ID, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("cells", Text, nullable=False),
    Column("refused_at", MOMENT),
    Column("moved", COUNT, nullable=False),
    Index("anomalies_request_moved", "school_year", "moved"),
)
