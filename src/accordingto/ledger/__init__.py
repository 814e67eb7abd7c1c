"""The ledger: reports and records kept, claims listed."""
