"""Phổ điểm: what is asked for, who may see which marks of it, and what the page shows."""
