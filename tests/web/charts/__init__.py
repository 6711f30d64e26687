"""Tests of the drawings that the server makes: where things lie, and that they say the truth."""
