"""What lets anybody check, years later, that nothing in the ledger was changed (pure)."""
