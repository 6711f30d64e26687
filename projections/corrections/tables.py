"""The tables of the corrections: each request with its steps, and the sheets they stand on."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Table, Text

from projections.tables import COUNT, ID, MOMENT

metadata: Final = MetaData()

request: Final = Table(
    "corrections_request",
    metadata,
    Column("correction_id", ID, primary_key=True),
    Column("sheet_id", ID, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("status", Text, nullable=False),
    # These are JSON: they are read whole. The evidence is that of the answers, too.
    Column("lines", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("late_because", Text, nullable=False),
    Column("questions", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("found_by", Text, nullable=False),
    Column("requested_by", ID, nullable=False),
    Column("requested_at", MOMENT, nullable=False),
    Column("confirmed_by", ID),
    Column("confirmed_role", Text),
    Column("confirmed_at", MOMENT),
    Column("approved_by", ID),
    Column("approved_on_behalf_of", ID),
    Column("approved_at", MOMENT),
    Column("approved_with", Text),
    Column("refused_by", ID),
    Column("refused_role", Text),
    Column("refused_at", MOMENT),
    Column("refused_reason", Text),
    Column("withdrawn_at", MOMENT),
    Column("voided_by", ID),
    Column("voided_at", MOMENT),
    Column("voided_pupil", ID),
    Column("voided_column", Text),
    Column("voided_position", COUNT),
    Column("teacher_agreed_by", ID),
    Column("teacher_agreed_at", MOMENT),
    Column("administrator_agreed_by", ID),
    Column("administrator_agreed_at", MOMENT),
    Column("executed_at", MOMENT),
    Column("relocked_at", MOMENT),
    Index("corrections_request_of_sheet", "sheet_id"),
    Index("corrections_request_of_year", "school_year", "number", unique=True),
    Index("corrections_request_of_person", "requested_by"),
    Index("corrections_request_of_status", "status"),
)

sheet: Final = Table(
    "corrections_sheet",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("school_year", Text, nullable=False),
    Column("semester", Integer, nullable=False),
    Column("class_group", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("homeroom_teacher", ID, nullable=False),
    Column("homeroom_confirms", Boolean, nullable=False),
    Index("corrections_sheet_of_homeroom", "homeroom_teacher"),
)

year: Final = Table(
    "corrections_year",
    metadata,
    Column("school_year", Text, primary_key=True),
    Column("last_number", Integer, nullable=False),
)
