"""Tests of what people do about signals: who may, in which order, and what is recorded."""
