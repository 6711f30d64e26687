"""Tests of what people see and send."""
