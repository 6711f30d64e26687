"""Tests of the results of a class: what is written down, computed, approved and left to summer."""
