"""The web: pages, API, command line and files through which people meet the ledger."""
