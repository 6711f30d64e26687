"""The demo school: an invented school in the middle of a semester, told by commands alone."""
