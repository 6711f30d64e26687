"""Given lines, what the projections show; each on SQLite and on PostgreSQL."""
