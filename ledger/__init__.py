"""The ledger: what happened to the marks of one school, in order and unchangeable."""
