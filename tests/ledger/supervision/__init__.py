"""Tests of how a year is supervised: inspections, score targets, proposals."""
