"""Tests of backup and restore, each from SQLite and from a real PostgreSQL."""
