"""Tests of the rules about personal data: restricting and erasing it."""
