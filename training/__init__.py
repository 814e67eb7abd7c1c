"""Training: corpora to model. Never imported by the package."""
