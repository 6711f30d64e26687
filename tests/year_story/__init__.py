"""A whole school year of a small school, told by commands, and its results as made by hand."""
