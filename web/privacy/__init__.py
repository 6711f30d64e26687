"""Personal data as people manage it: what is held, what is restricted, and what is erased."""
