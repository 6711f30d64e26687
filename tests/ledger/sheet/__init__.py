"""Tests of the rules of a score sheet: facts, a command, facts."""
