"""The desk: the ledger in a browser; every page is also `.json`."""
