"""`accordingto models`: which model reads, and where its card is."""

from __future__ import annotations


def models() -> None:
    """Show the reader's model, its backend and its card."""
    from accordingto.reading.network import BACKENDS, Network
    from accordingto.settings import load

    network = Network(backend=load().backend)
    print(
        f"model    {network.name}\nbackend  {network.backend} (of {', '.join(BACKENDS)})\ncard     {network.folder / 'MODEL_CARD.md'}"
    )
