"""Saying in public where the ledger stands: signed, cosigned by witnesses, never taken back."""
