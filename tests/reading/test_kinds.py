"""What kind of source somebody is, by the fitted weights. All text is invented."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from accordingto.reading.document import document_of
from accordingto.reading.entities import Found
from accordingto.reading.kinds import KINDS, SOMEBODY, SURELY, Kinds
from accordingto.reading.kindsigns import naming, signs
from accordingto.reading.reader import Reader
from accordingto.reading.speakers import Speaker
from accordingto.record import EntityKind, MentionForm, Quotation, SourceKind
from accordingto.spans import Range

TEXT = "Two guards of the depot told Harbour Radio that Ada Noor had left."


def row(**weights: float) -> np.ndarray:
    return np.array([weights.get(k.value, 0.0) for k in KINDS], np.float32)


def at(words: str) -> Range:
    start = TEXT.index(words)
    return Range(start, start + len(words))


def speaker(kind: SourceKind, entity: int | None = None) -> Speaker:
    return Speaker(kind, entity, False, None, "", frozenset())


def test_words_and_signs_of_all_claims_are_summed() -> None:
    scores = np.stack([row(person=2.0), row(person=4.0), row()])
    kinds = Kinds(scores, {"rule group": row(group=1.0), "number": row(anonymous=8.0)})
    group = SourceKind.GROUP
    assert kinds.choose(group, [(range(2), ["rule group"])], known=True) is SourceKind.PERSON  # the mean is 3
    assert (
        kinds.choose(group, [(range(2), []), (range(2, 3), ["number"])], known=False) is SourceKind.ANONYMOUS
    )
    assert kinds.choose(group, [(range(0), ["unheard of"])], known=False) is group


def test_a_person_has_a_name_and_nobody_anonymous_has_one() -> None:
    kinds = Kinds(np.stack([row(person=5.0, document=2.0), row(anonymous=5.0, media=2.0)]), {})
    assert kinds.choose(SourceKind.GROUP, [(range(1), [])], known=False) is SourceKind.DOCUMENT
    assert kinds.choose(SourceKind.GROUP, [(range(1, 2), [])], known=True) is SourceKind.MEDIA


def test_the_rules_are_believed_where_another_kind_is_hardly_likelier() -> None:
    kinds = Kinds(
        np.zeros((1, len(KINDS)), np.float32), {"a": row(media=SURELY * 0.9), "b": row(media=SURELY * 1.1)}
    )
    assert kinds.choose(SourceKind.DOCUMENT, [(range(1), ["a"])], known=False) is SourceKind.DOCUMENT
    assert kinds.choose(SourceKind.DOCUMENT, [(range(1), ["b"])], known=False) is SourceKind.MEDIA
    assert kinds.choose(SourceKind.REPORTER, [(range(1), ["b"])], known=False) is SourceKind.REPORTER


def test_signs_tell_the_noun_and_what_stands_around_it() -> None:
    told = signs(
        TEXT, speaker(SourceKind.ANONYMOUS), [], at("Two guards of the depot"), Quotation.INDIRECT, "tell"
    )
    assert {"rule anonymous", "a nameless", "quoted indirect", "cue tell"} <= set(told)
    assert {"first two", "head guards", "head form guard", "behind of", "first two, many"} <= set(told)
    assert naming(TEXT, at("Two guards of the depot")) == at("Two guards")


def test_signs_tell_the_name_behind_a_mention() -> None:
    radio = Found(EntityKind.ORGANIZATION, "Harbour Radio", [(at("Harbour Radio"), MentionForm.NAME)])
    mine = speaker(SourceKind.ORGANIZATION, 0)
    told = signs(TEXT, mine, [radio], at("Harbour Radio"), Quotation.DIRECT, "")
    assert {"a organization", "name radio", "capital head"} <= set(told)
    assert "elided" in signs(TEXT, mine, [radio], None, Quotation.DIRECT, "")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The harbour office", SourceKind.ORGANIZATION),
        ("A nurse at the clinic", SourceKind.ANONYMOUS),
        ("Ada Noor, the mayor", SourceKind.PERSON),
        ("The leaked memo", SourceKind.DOCUMENT),
        ("Critics of the plan", SourceKind.GROUP),
    ],
)
def test_the_shipped_model_keeps_plain_cases(words: str, kind: SourceKind, reader: Reader) -> None:
    assert reader.network.decoder.kinds is not None
    record = reader.read(f"{words} said that the bridge in Mocha would stay shut until Friday.")
    assert [s.kind for s in record.sources] == [kind]


def test_settled_nouns_keep_their_kind_whatever_the_weights_say(reader: Reader) -> None:
    text = "Relatives of the ferryman blamed the company. Two harbour officials denied it. A board warned of storms."
    doc = document_of(text)
    (seen,) = reader.layers([text])
    everything = Kinds(np.zeros((len(seen.words), len(KINDS)), np.float32), {"always": row(media=50.0)})
    record = reader.record_of(doc, replace(seen, kinds=everything))
    kinds = {
        c.source_span.text: s.kind
        for c in record.claims
        for s in record.sources
        if s.id == c.source and c.source_span
    }
    assert kinds == {
        "Relatives of the ferryman": SourceKind.GROUP,
        "Two harbour officials": SourceKind.ANONYMOUS,
        "A board": SourceKind.MEDIA,
    }


def test_whom_a_noun_for_one_person_names_is_no_body() -> None:
    kinds = Kinds(np.stack([row(organization=5.0)]), {})
    assert kinds.choose(SourceKind.ANONYMOUS, [(range(1), [SOMEBODY])], known=False) is SourceKind.ANONYMOUS
    assert (
        kinds.choose(SourceKind.ORGANIZATION, [(range(1), [SOMEBODY])], known=False)
        is SourceKind.ORGANIZATION
    )
    assert kinds.choose(SourceKind.ANONYMOUS, [(range(1), [])], known=False) is SourceKind.ORGANIZATION


def test_whom_a_noun_for_one_person_names_is_no_group() -> None:
    kinds = Kinds(np.stack([row(group=5.0)]), {})
    assert kinds.choose(SourceKind.ANONYMOUS, [(range(1), [SOMEBODY])], known=False) is SourceKind.ANONYMOUS
    assert kinds.choose(SourceKind.GROUP, [(range(1), [SOMEBODY])], known=False) is SourceKind.GROUP
    assert kinds.choose(SourceKind.ANONYMOUS, [(range(1), [])], known=False) is SourceKind.GROUP
