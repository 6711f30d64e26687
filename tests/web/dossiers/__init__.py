"""Tests of the biên bản: what it says, what lies in it, how it looks."""
