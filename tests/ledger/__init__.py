"""Tests of what happened and of the rules that let it happen."""
