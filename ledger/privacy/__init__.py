"""Privacy: whose personal data is restricted, asked to be erased, and erased, as facts."""
