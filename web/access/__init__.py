"""Who may come in and as whom: accounts, sessions, passwords, and what guards every request."""
