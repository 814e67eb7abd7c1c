"""`accordingto models`: which model reads, and where its card is."""

from __future__ import annotations


def models() -> None:
    """Show the reader's model, its backend and its card."""
    from accordingto.reading.network import Network

    network = Network()
    print(f"model    {network.name}\nbackend  {network.backend}\ncard     {network.folder / 'MODEL_CARD.md'}")
