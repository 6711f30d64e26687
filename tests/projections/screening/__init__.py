"""The statistics of screening, each question by itself."""
