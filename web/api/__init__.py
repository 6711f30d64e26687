"""The JSON interface: the same actions and readings as the pages, under /api/v1."""
