"""The pages of the results of a class: as they are now, as approved, after summer, next year."""
