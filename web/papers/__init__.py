"""Everything printed: typesetting with the school's own fonts, the same bytes for the same input."""
