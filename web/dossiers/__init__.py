"""The biên bản of an executed correction: what stands on it, what lies in it, how it looks."""
