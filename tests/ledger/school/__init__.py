"""Tests of how a school is arranged: its days, subjects, classes and assignments."""
