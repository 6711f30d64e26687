"""What the younger groups of commands are declared with; the work is in `web.commands`."""
