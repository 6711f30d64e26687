"""Tests of the rules about what people confirm and sign with."""
