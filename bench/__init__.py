"""Measurements of the ledger against what its databases can do at best."""
