"""Tests of what the screen says of how marks are distributed."""
