"""Tests of what is read from spreadsheets, with files as the products write them."""
