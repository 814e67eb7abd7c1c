"""Speakers whom no verb names. All text is invented."""

from __future__ import annotations

import time

import numpy as np
import pytest

from accordingto.reading.decoding import lines_of
from accordingto.reading.sentences import breaks_before, characters, find_words
from accordingto.reading.turns import entries, is_transcript, told, turns
from accordingto.reading.viterbi import spans_of
from accordingto.spans import Range

NAMES = ("O", *(f"{p}-{k}" for k in ("source", "cue", "content") for p in "BIES"))
INTERVIEW = 'A transcript follows.\n\n"OKELLO: Who shelled the market?\n\n"MAJ. HADDAD: Nobody did.\n\n"OKELLO: You are sure?\n\nAn aide left.'
LETTERS = (
    "“Nobody asked us.” — Amal Haddad\n“We left at dawn.”\n\n- Joseph Okello.\n\n“It was a raid,” he said."
)


def found(text: str) -> list[tuple[str, str]]:
    """The speakers and marks of a text's turns."""
    words = find_words(text)
    mine = turns(text, words, lines_of(breaks_before(text, words)))
    cut = lambda at: text[slice(*characters(words, at))]  # noqa: E731
    return [(cut(t.speaker), cut(Range(t.mark, t.mark + 1))) for t in mine]


def read(text: str, *contents: str) -> list[tuple[str, str]]:
    """The spans after the turns, where the network has found those contents and nothing else."""
    words = find_words(text)
    tags, chances = np.zeros(len(words), np.int64), np.zeros(len(words), np.float32)
    for content in contents:
        start = text.index(content)
        inner = [i for i, w in enumerate(words) if start <= w.start and w.end <= start + len(content)]
        tags[inner] = NAMES.index("I-content")
        tags[inner[0]], tags[inner[-1]] = NAMES.index("B-content"), NAMES.index("E-content")
        chances[inner] = 0.3
    made, sure = told(turns(text, words, lines_of(breaks_before(text, words))), tags, chances, NAMES)
    spans = spans_of(made, NAMES)
    assert all(sure[at.start] == 1 for kind, at in spans if kind != "content")
    return [(kind, text[slice(*characters(words, at))]) for kind, at in spans]


def test_a_transcript_has_turns() -> None:
    assert found(INTERVIEW) == [("OKELLO", ":"), ("MAJ. HADDAD", ":"), ("OKELLO", ":")]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("JOÃO SITOE", "JOÃO SITOE"),
        ("JOSÉ NÚÑEZ", "JOSÉ NÚÑEZ"),
        ("ŞAHİN", "ŞAHİN"),
        ("ИВАНОВ", "ИВАНОВ"),
        ("CAROL SITOE, HOST", "CAROL SITOE"),
        ("SITOE (through interpreter)", "SITOE"),
    ],
)
def test_speakers_have_names_in_any_script(label: str, speaker: str) -> None:
    text = f"OKELLO: Who shelled the market?\n\n{label}: We don’t know.\n\nOKELLO: You are sure?"
    assert found(text) == [("OKELLO", ":"), (speaker, ":"), ("OKELLO", ":")]
    assert is_transcript(text)


@pytest.mark.parametrize(
    "text",
    [
        "CORRECTION: The raid was on Monday.\n\nUPDATE: It was on Sunday.\n\nNOTE: Times are local.",  # nobody speaks again
        "UPDATE: One died.\n\nUPDATE: Two died.\n\nUPDATE: Three died.",  # one heading
        "OKELLO: Who did it?\n\nHADDAD: Nobody.",  # two lines
        "The raid: what we know\n\nThe toll: four\n\nThe raid: what comes next",
    ],
)
def test_headings_are_no_turns(text: str) -> None:
    assert found(text) == []


def test_what_follows_a_label_is_its_speakers() -> None:
    assert read(INTERVIEW, '"OKELLO: Who shelled the market?', "Nobody did.") == [
        ("source", "OKELLO"),
        ("cue", ":"),
        ("content", "Who shelled the market?"),
        ("source", "MAJ. HADDAD"),
        ("cue", ":"),
        ("content", "Nobody did."),
        ("source", "OKELLO"),
        ("cue", ":"),
        ("content", "You are sure?"),
    ]


def test_all_of_a_turn_is_its_speakers_whatever_the_network_found() -> None:
    text = "OKELLO: Who did it?\nHADDAD: The mayor said it burned. Captain Bello shot my father.\nOKELLO: Thank you."
    assert ("content", "The mayor said it burned. Captain Bello shot my father.") in read(text, "it burned")
    assert [kind for kind, _ in read(text, "it burned")] == ["source", "cue", "content"] * 3


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Q: Who fired?\nA: The army did.", ["Q", "A"]),
        ("Q. Who fired?\nA. The army did.\nQ. When?\nA. At noon.", ["Q", "A", "Q", "A"]),
        (
            "SPEAKER 1: Who fired?\nSPEAKER 2: He did.\nSPEAKER 1: When?",
            ["SPEAKER 1", "SPEAKER 2", "SPEAKER 1"],
        ),
        (
            "Okello: Who fired?\n\nAna Ruiz: He did.\n\nOkello: When?\n\nAna Ruiz: At noon.",
            ["Okello", "Ana Ruiz"] * 2,
        ),
    ],
)
def test_labels_of_many_forms(text: str, speakers: list[str]) -> None:
    assert [who for who, _ in found(text)] == speakers
    assert is_transcript(text)


def test_a_speaker_goes_on_in_the_first_person_up_to_the_next_turn() -> None:
    text = "OKELLO: Who did it?\n\nHADDAD: I saw them.\n\nThey burned our house.\n\nAn aide left.\n\nOKELLO: Thank you.\n\nWe left."
    assert [said for kind, said in read(text) if kind == "content"] == [
        "Who did it?",
        "I saw them.\n\nThey burned our house.",
        "Thank you.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kutum: One died.\nGao: Two died.\nKutum: Three died.",  # places of a digest
        "A. One died.\nB. Two died.\nC. Three died.",
        "Kutum is calm: nobody came.\nIt rained.",
        "KUTUM: One died.\nGAO: Two died, the mayor said.\nKUTUM: Three died.",
        "UPDATE: One died.\nCORRECTION: It was Monday.\nUPDATE: Two died.",
    ],
)
def test_lists_are_no_turns(text: str) -> None:
    assert found(text) == []
    assert not is_transcript(text)


@pytest.mark.parametrize(
    "clock", ["14:05", "14.05 GMT", "2:05 p.m.", "2.05pm", "9 a.m. GMT", "[14:05]", "14:05 GMT: Town is calm"]
)
def test_an_entry_begins_behind_its_clock_and_with_each_turn(clock: str) -> None:
    text = f"It rained.\n{clock}\nThe governor spoke."
    words = find_words(text)
    lines = lines_of(breaks_before(text, words))
    assert entries(text, words, lines, ()) == {lines[1].start}
    words = find_words(INTERVIEW)
    lines = lines_of(breaks_before(INTERVIEW, words))
    begun = entries(INTERVIEW, words, lines, turns(INTERVIEW, words, lines))
    assert begun == {line.start for line in lines[1:4]}


@pytest.mark.parametrize(
    "text", ["It rained.\n3.45 million fled.", "It rained.\n14 people died at 14:05.", "It rained.\n9 am"]
)
def test_numbers_open_no_entry(text: str) -> None:
    words = find_words(text)
    lines = lines_of(breaks_before(text, words))
    assert len(entries(text, words, lines, ())) == text.endswith("am")


def test_quotations_are_signed_on_their_line_or_the_next() -> None:
    assert found(LETTERS) == [("Amal Haddad", "—"), ("Joseph Okello", "-")]
    assert read(LETTERS, "“Nobody asked us.”", "“We left at dawn.”") == [
        ("content", "“Nobody asked us.”"),
        ("cue", "—"),
        ("source", "Amal Haddad"),
        ("content", "“We left at dawn.”"),
        ("cue", "-"),
        ("source", "Joseph Okello"),
    ]


def test_what_has_a_cue_is_not_signed_by_an_agency() -> None:
    text = "“Nobody asked us,” he said. “We left at dawn.”\n\n- Reuters"
    assert found(text) == [("Reuters", "-")]
    words = find_words(text)
    tags, chances = np.zeros(len(words), np.int64), np.zeros(len(words), np.float32)
    content, cue = NAMES.index("S-content"), NAMES.index("S-cue")
    tags[[i for i, w in enumerate(words) if text[w.start : w.end] == "dawn"]] = content
    tags[[i for i, w in enumerate(words) if text[w.start : w.end] == "said"]] = cue
    made, _ = told(turns(text, words, lines_of(breaks_before(text, words))), tags, chances, NAMES)
    assert made.tolist() == tags.tolist()


def test_a_name_signs_nothing_where_nothing_was_said() -> None:
    assert read(LETTERS) == []


@pytest.mark.parametrize(
    "text",
    [
        "“Nobody asked us.” — AFP",  # an agency
        "“Nobody asked us” — and then he left",
        "He called it “a raid” — Kutum was empty",
        "The road from Kutum - El Fasher",
    ],
)
def test_other_dashes_sign_nothing(text: str) -> None:
    assert found(text) == []


def test_a_long_line_costs_no_more_than_its_end() -> None:
    text = "“" + "Nobody asked us. " * 50 + "” — Ana Ruiz"
    assert found(text) == [("Ana Ruiz", "—")]
    took = []
    for _ in range(3):  # the quickest: others work beside it
        started = time.thread_time()
        found("-A" * 8000 + "!")
        took.append(time.thread_time() - started)
    assert min(took) < 0.5
