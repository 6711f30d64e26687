"""Tests of what signals are made of, and of the screen."""
