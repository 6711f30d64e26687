"""The school as it is arranged: its calendar, subjects, classes and assignments (pure)."""
