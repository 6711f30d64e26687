"""The table of the register: one row for each biên bản, and who has still to sign it."""

from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from projections.tables import COUNT, ID, MOMENT

metadata: Final = MetaData()

dossier: Final = Table(
    "dossiers_dossier",
    metadata,
    Column("correction_id", ID, primary_key=True),
    Column("school_year", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sheet_id", ID, nullable=False),
    Column("status", Text, nullable=False),
    # Signers, revisions and papers as JSON: read whole, never searched.
    Column("signers", Text, nullable=False),
    Column("revisions", Text, nullable=False),
    Column("papers", Text, nullable=False),
    # How many have signed, and who is next: empty once everybody has.
    Column("signed", Integer, nullable=False),
    Column("next_role", Text),
    Column("next_person", ID),
    Column("position", COUNT, nullable=False),
    Column("root", Text, nullable=False),
    Column("drafted_at", MOMENT, nullable=False),
    Column("drafted_by", ID, nullable=False),
    Column("signed_at", MOMENT),
    Column("archived_at", MOMENT),
    Column("holds_until", Text),
    Column("disposal_proposed_at", MOMENT),
    Column("disposal_proposed_by", ID),
    Column("disposed_at", MOMENT),
    Column("disposed_by", ID),
    Index("dossiers_dossier_of_year", "school_year", "number"),
    Index("dossiers_dossier_of_signer", "next_person"),
    Index("dossiers_dossier_of_status", "status"),
)

# The facts of a year stand in one stream, and the first of them says in no field which year it is.
sheet: Final = Table(
    "dossiers_sheet",
    metadata,
    Column("sheet_id", ID, primary_key=True),
    Column("school_year", Text, nullable=False),
)
