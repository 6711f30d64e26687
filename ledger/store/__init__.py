"""Where lines are kept: one recorder, the same tables on SQLite and on PostgreSQL."""
