"""Tests of what the screen says of how marks were changed."""
