"""Tests of what a verification finds, each by really tampering."""
