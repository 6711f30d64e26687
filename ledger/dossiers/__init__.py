"""The dossiers: each executed correction's biên bản, its signatures, its keeping and disposal."""
