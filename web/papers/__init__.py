"""Everything printed: typeset with fonts of our own, the same bytes for the same input."""
