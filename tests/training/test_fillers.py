from __future__ import annotations

from pathlib import Path

import numpy as np
from training.fillers import ROLES, Head, Look, chosen, short, surest


def seen(*names: tuple[str, ...]) -> Look:
    return Look(names, np.eye(len(names), 3, dtype=np.float32))


def test_strings_are_judged_by_their_surest_place_and_named_once() -> None:
    view = seen(("guerrillas",), ("red front guerrillas",), ("guerrillas",), ("bank",))
    assert chosen(view, np.array([0.2, 0.6, 0.9, 0.1], np.float32), 0.3) == ["guerrillas"]
    assert chosen(view, np.array([0.2, 0.6, 0.1, 0.5], np.float32), 0.3) == ["red front guerrillas", "bank"]


def test_first_letters_are_the_same_body() -> None:
    assert short("rfl", "red front of labor")
    assert not short("rfl", "bank")
    assert not short("rfl", "green front of labor")


def test_a_head_comes_back_from_its_file(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    numbers = lambda *shape: rng.normal(size=shape).astype(np.float16).astype(np.float32)  # noqa: E731
    head = Head(
        numbers(3),
        np.ones(3, np.float32),
        numbers(3, 4),
        numbers(4),
        numbers(4, 5),
        numbers(5),
        np.full(5, 0.0),
    )
    head.save("a network", tmp_path / "head.npz")
    assert Head.load("another", tmp_path / "head.npz") is None
    again = Head.load("a network", tmp_path / "head.npz")
    assert again is not None
    view = seen(("bank",), ("guerrillas",))
    assert np.allclose(head.chances(view), again.chances(view))
    assert again.chances(view).shape == (2, len(ROLES))
    assert sorted(again.fillers(view)) == sorted(ROLES)


def test_a_string_is_known_by_its_surest_place() -> None:
    fills = np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]], np.float32)
    out = surest(["bank", "bank", "bridge"], fills)
    assert np.allclose(out[0], [0.9, 0.8, 0.55, 0.45])
    assert np.allclose(out[0], out[1])
    assert np.allclose(out[2], [0.5, 0.5, 0.5, 0.5])
