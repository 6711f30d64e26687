"""The statistics of screening: robust centres, shrinkage, tails and false discoveries; no I/O."""
