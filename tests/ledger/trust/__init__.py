"""Tests of proofs and signed notes, most of them against vectors that others have published."""
