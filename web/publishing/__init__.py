"""Publishing of the ledger, as far as it meets the world: witnesses over HTTP, and the clock."""
