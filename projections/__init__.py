"""The projections: pages of answers that can be rebuilt from the ledger at any time."""
