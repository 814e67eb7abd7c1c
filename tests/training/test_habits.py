from __future__ import annotations

import numpy as np
from training import treebanks
from training.corpora import Doc, Predicate
from training.habits import MOST, habits

from accordingto.spans import Range

LABELS = list(dict.fromkeys(tag[2:] for tag in treebanks.ROLE_TAGS if tag != "O"))


def tree(arg: str) -> Doc:
    """Soldiers fled: a subject before its predicate, with a label."""
    doc = Doc("x", "Soldiers fled", [Range(0, 8), Range(9, 13)], np.zeros((2, 2), np.int64), [[1], [2]], [2])
    doc.heads = np.array([1, 1])
    doc.relations = np.array([treebanks.RELATIONS.index("nsubj"), treebanks.RELATIONS.index("root")])
    tags = np.array([treebanks.ROLE_TAGS.index(f"B-{arg}"), 0])
    doc.predicates = [Predicate(1, Range(0, 2), tags, "flee.01")]
    return doc


def test_a_relations_habit_is_its_label() -> None:
    objects = tree("ARG1")
    objects.relations = np.array([treebanks.RELATIONS.index("obj"), treebanks.RELATIONS.index("root")])
    found = habits([tree("ARG0")] * 20 + [objects] * 20)
    subject = found[treebanks.RELATIONS.index("nsubj"), 0]
    assert subject[LABELS.index("ARG0")] > 0.5 > -0.5 > subject[LABELS.index("ARG1")]
    assert np.abs(found).max() <= MOST


def test_what_was_never_seen_says_nothing() -> None:
    found = habits([tree("ARG0")])
    assert not found[treebanks.RELATIONS.index("obl"), 1].any()
