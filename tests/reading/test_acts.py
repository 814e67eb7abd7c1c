"""What claims do, by the tables and by the head; which are none. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from accordingto.reading.acts import (
    NO_CLAIM,
    WRONG,
    ClaimHead,
    Telling,
    cue_row,
    row_of,
    rule,
    settled,
    shortened,
    signs,
)
from accordingto.reading.assembly import assemble
from accordingto.reading.claims import Draft, with_acts
from accordingto.reading.document import document_of
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.speakers import Speaker
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act, Quotation, Record, SourceKind
from accordingto.spans import Range

Make = Callable[..., Layers]
TABLES = ReadingTables.load()
LABELS = ("assert", "warn", NO_CLAIM, WRONG, "ok")
NAMES = ("cue warn", "in cue say", "word 0 purple", "?")


def head() -> ClaimHead:
    """A head of two attentions over three numbers a word (two of a content's, one of a cue's; none of a source's) and two hidden units."""
    lexical = np.zeros((len(NAMES), 2), np.float32)
    direct = np.zeros((len(NAMES), len(LABELS)), np.float32)
    direct[0, 1] = 9.0  # a cue of warning
    direct[2, 2] = 9.0  # what begins with "purple" is no claim
    direct[1, 0], direct[1, 4] = 1.0, 2.0
    return ClaimHead(
        LABELS,
        NAMES,
        (2, 1, 0),
        np.array([[1.0, 0.0], [0.0, 5.0]], np.float32),
        np.arange(14, dtype=np.float32).reshape(7, 2) / 10,
        lexical,
        np.array([0.5, -0.5], np.float32),
        np.array([[0.1, 0.2, 0.0, 0.0, 0.3], [0.0, 0.1, 0.1, 0.2, 0.0]], np.float32),
        direct,
        np.array([0.0, 0.1, 0.2, 0.3, 0.4], np.float32),
        np.zeros(1, np.float32),
    )


VECTORS = np.array([[1.0, -2.0, 3.0], [0.5, 1.0, -1.0], [2.0, 0.2, 0.4]], np.float32)


def test_the_head_looks_at_the_words_of_content_and_cue() -> None:
    made = head()
    content, cue = [1, 2], range(1)
    said = np.maximum(VECTORS[content, :2], 0)
    looked = []
    for column in made.attention.T:
        weights = np.exp(said @ column)
        looked.append((weights / weights.sum()) @ said)
    row = np.concatenate([*looked, said.max(0), np.maximum(VECTORS[0, 2:], 0)])
    hidden = np.maximum(row @ made.mixed + made.bias, 0)
    expected = hidden @ made.out + made.direct[1] + made.out_bias
    scores = made(VECTORS, made.seen(VECTORS), content, cue, range(0), ["in cue say", "unheard of"])
    np.testing.assert_allclose(scores, expected, rtol=1e-5)


def test_a_verdict_is_a_choice_apart_from_the_act() -> None:
    telling = Telling(head(), VECTORS)
    act, no = telling.judged([1], range(1), range(0), ["cue warn"])
    assert (act, no < 0.5) == (Act.WARN, True)
    act, no = telling.judged([1], range(1), range(0), ["word 0 purple"])
    assert no > 0.9


def test_a_long_content_is_looked_at_from_both_ends() -> None:
    assert shortened(range(5)) == range(5)
    cut = list(shortened(range(100)))
    assert (len(cut), cut[:2], cut[-1]) == (60, [0, 1], 99)


def record(text: str, seen: Layers) -> Record:
    return assemble(document_of(text, headline_first=False), seen, [], TABLES)


def telling(seen: Layers) -> Layers:
    return replace(seen, telling=Telling(head(), np.zeros((len(seen.words), 3), np.float32)))


def test_what_the_head_holds_to_be_none_is_no_claim(layers: Make) -> None:
    text = "Adaku said purple curtains were sold. Bintu said rain fell."
    said = [("Adaku", "said", "purple curtains were sold"), ("Bintu", "said", "rain fell")]
    seen = layers(text, [], said)
    assert len(record(text, seen).claims) == 2
    kept = record(text, telling(seen))
    assert [c.content[0].text for c in kept.claims] == ["rain fell"]
    assert len(kept.sources) == 1


def test_a_claim_inside_one_that_is_none_moves_up(layers: Make) -> None:
    text = "Adaku said that purple tents, Bintu wrote, which Chidi said had holes, were sold."
    speaker = Speaker(SourceKind.PERSON, None, False, "Adaku", "", frozenset())

    def draft(cue: str, content: str, parent: int | None) -> Draft:
        at = [Range(text.index(x), text.index(x) + len(x)) for x in (cue, content)]
        return Draft(speaker, None, at[0], (at[1],), Quotation.INDIRECT, Act.ASSERT, parent=parent)

    drafts = [
        draft("said", "that purple tents, Bintu wrote, which Chidi said had holes, were sold", None),
        draft("wrote", "purple tents, Bintu wrote, which Chidi said had holes", 0),
        draft("said had", "had holes", 1),
    ]
    kept = with_acts(text, drafts, telling(layers(text, [], [])), TABLES)
    assert [(d.content[0].start, d.parent) for d in kept] == [
        (text.index("that"), None),
        (text.index("had"), 0),
    ]


@pytest.mark.parametrize(
    ("cue", "content", "owned", "told"),
    [
        ("warned", "that it would flood", True, {"row warn", "rule warn", "cue warn", "in cue warn", "word 0 that"}),
        ("said", "will you come?", True, {"plain", "content ask", "rule ask", "?"}),
        ("asked", "them to leave", True, {"turn request", "rule request", "short"}),
        ("", "“Go home”", False, {"plain", "bare", "of nobody", "quoted", "row None"}),
    ],
)  # fmt: skip
def test_signs_tell_what_the_tables_say_and_some_words(
    cue: str, content: str, owned: bool, told: set[str]
) -> None:
    text = f"She {cue} {content}"
    at = Range(4, 4 + len(cue)) if cue else None
    start = text.index(content)
    assert told <= set(signs(text, at, [Range(start, start + len(content))], TABLES, owned=owned))


def test_without_a_head_the_tables_decide() -> None:
    text = "He said “they will come, she warned them of that, and it rains”"
    inner = [Range(text.index("she"), text.index(", and"))]
    assert rule(text, Range(3, 7), [Range(8, len(text))], inner, TABLES) is Act.ASSERT


def test_the_model_that_ships_judges_claims(reader: Reader) -> None:
    text = (
        "The ministry said on Monday that forty houses had been washed away in Okuta. “This is a shameful failure and "
        "the worst day of our lives,” said Bola Adisa, a trader. The governor urged residents to move uphill. "
        "The army denied that its trucks had blocked the road."
    )
    found = {c.act for c in reader.read(text).claims}
    assert {Act.ASSERT, Act.REQUEST, Act.DENY} <= found
    assert reader.network.decoder.claims is not None
    assert set(reader.network.decoder.claims.labels) == {*(a.value for a in Act), NO_CLAIM, WRONG, "ok"}


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("said", "that it did not know how many had been on board", Act.UNCERTAIN),
        ("said", "it was not clear whether the boats could sail", Act.UNCERTAIN),
        ("said", "they couldn’t say when the road would open", Act.UNCERTAIN),
        ("said", "she was not aware of the leak", Act.UNCERTAIN),
        ("said", "that he is unaware of it", Act.UNCERTAIN),
        ("said", "they were not aware of the rules", None),
        ("said", "I did not know him well", None),
        ("is not recommending", "a curfew", Act.REFUSE),
        ("did not promise", "to stay", Act.SILENT),
        ("never intended", "to stay", Act.REFUSE),
        ("does not want to", "stay", None),
        ("pleaded not guilty", "to theft", Act.DENY),
        ("advised", "it does not break the charter", Act.ASSERT),
        ("advised", "that they should leave", None),
        ("advised", "them to leave", None),
        ("could not confirm", "the toll of the flood", Act.UNCERTAIN),
        ("repeated", "a warning", Act.WARN),
        ("did not just confirm", "the flood", Act.CONFIRM),
        ("did not only say", "that it had rained", Act.ASSERT),
        ("said", "that forty houses had been washed away", None),
        ("wondered", "whether it would rain", None),
    ],
)
def test_what_the_guidelines_name_is_settled(cue: str, content: str, act: Act | None) -> None:
    text = f"She {cue} {content}"
    start = text.index(content)
    assert settled(text, Range(4, 4 + len(cue)), [Range(start, start + len(content))], TABLES) is act


@pytest.mark.parametrize("content", ["cutting its staff", "whether to leave", "a ban on boats"])
def test_who_considers_something_promises_nothing(content: str) -> None:
    text = f"The firm is considering {content}"
    content_at = Range(text.index(content), len(text))
    assert settled(text, Range(9, 23), [content_at], TABLES, Range(0, 8)) is Act.OPINE


def test_not_knowing_is_no_denial(reader: Reader) -> None:
    text = "The port authority said it did not know how many people had been on board."
    claims = reader.read(text).claims
    assert [c.act for c in claims if not c.parent] == [Act.UNCERTAIN]
    assert {c.act for c in claims} == {Act.UNCERTAIN}


@pytest.mark.parametrize(
    ("source", "cue", "content", "act"),
    [
        ("No group", "claimed", "the fire at the mill", Act.SILENT),
        ("Neither side", "admitted", "that its men had burned the mill", Act.SILENT),
        ("Nobody", "warned", "them of the flood", None),
        ("The guard", "admitted", "that its men had burned the mill", None),
        ("A guard", "said", "no comment", Act.DECLINE),
        ("A guard", "said", "we do not comment on searches", Act.DECLINE),
        ("A guard", "said", "it had no information about the fire", Act.UNCERTAIN),
    ],
)
def test_what_nobody_says_and_a_refused_comment_are_settled(
    source: str, cue: str, content: str, act: Act | None
) -> None:
    text = f"{source} {cue} {content}"
    start = len(source) + 1
    said = Range(start + len(cue) + 1, len(text))
    speaker = Range(0, len(source))
    assert settled(text, Range(start, start + len(cue)), [said], TABLES, speaker) is act


def test_without_a_head_an_answer_held_back_is_none() -> None:
    text = "She never admitted that the mill had burned"
    assert rule(text, Range(4, 18), [Range(19, len(text))], [], TABLES) is Act.SILENT


@pytest.mark.parametrize(
    ("cue", "silent"), [("did not say", True), ("did not only say", False), ("didn’t just tell", False)]
)
def test_who_did_not_only_say_it_said_it(cue: str, silent: bool) -> None:
    row = cue_row(cue, Range(0, len(cue)), TABLES)
    assert row is not None
    assert (row.act is Act.SILENT) is silent


def test_what_we_do_not_know_is_uncertain(reader: Reader) -> None:
    (claim,) = reader.read('"We don\'t know what we will do if they come again," Dr. Hatim Obi said.').claims
    assert claim.act == "uncertain"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The governor charged security agencies to redouble their efforts.", Act.REQUEST),
        ("The governor charged that the army had killed nine villagers.", Act.ACCUSE),
        ("Prosecutors have charged him with smuggling to obtain a benefit.", Act.ACCUSE),
        ("Residents called out the government for its silence.", Act.ACCUSE),
        ("The senator called out the army over the killings.", Act.ACCUSE),
        ("The army begged to differ.", Act.DENY),
        ("The minister begged the rebels to free the hostages.", Act.REQUEST),
        ("The army rubbished the charge that it shelled the market.", Act.DENY),
        ("The army termed the allegation false.", Act.DENY),
        ("The governor termed the attack barbaric.", Act.OPINE),
        ("The police trashed the report of a massacre.", Act.DENY),
        ("The governor enjoined residents to remain calm.", Act.REQUEST),
        ("The general preferred not to comment on the raid.", Act.DECLINE),
        ("The minister did not wish to comment.", Act.DECLINE),
    ],
)
def test_ordinary_verbs_do_what_they_mean(text: str, act: Act, reader: Reader) -> None:
    (claim,) = reader.read(text).claims
    assert claim.act is act


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("said", "the truce would collapse", Act.ESTIMATE),
        ("said", "that food prices will soon rise", Act.ESTIMATE),
        ("added", "the vote would be rigged", Act.ESTIMATE),
        ("told", "the dam would fail", Act.ESTIMATE),
        ("said", "they would free the hostages", None),
        ("said", "the government would pay the victims", None),
        ("said", "the hostages would be freed", None),
        ("said", "its troops would fall back", None),
        ("said", "they would fail", None),
        ("said", "pensions would rise in May", None),
        ("said", "the court would not fail to act", None),
    ],
)
def test_nobody_promises_what_befalls_others(cue: str, content: str, act: Act | None) -> None:
    text = f"They {cue} {content}."
    start = text.index(content)
    assert settled(text, Range(5, 5 + len(cue)), [Range(start, start + len(content))], TABLES) is act


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("ZARIA — A man pleaded not guilty to the murder of two farmers.", Act.DENY),
        ("The man pleaded guilty to the murder of two farmers on Monday in Zaria.", Act.CONFIRM),
        ("The killing has led to calls from abroad for an inquiry into the army's conduct.", Act.REQUEST),
        ("Opposition leaders questioned the army's account of the raid on Zaria.", Act.OPINE),
        ("Lawmakers raised questions about the cost of the raid on Zaria.", Act.OPINE),
        ("Residents of Zaria questioned why the police had come so late.", Act.ASK),
        ("“Where was the army?” questioned Musa Bello.", Act.ASK),
    ],
)
def test_words_of_a_cue_turn_it_as_those_of_a_content_do(text: str, act: Act, reader: Reader) -> None:
    (claim,) = reader.read(text).claims
    assert claim.act is act


@pytest.mark.parametrize(
    "text",
    [
        "Police questioned two men about the bombing in Zaria.",
        "Detectives questioned witnesses over the fire in Kano on Monday.",
    ],
)
def test_who_is_questioned_by_the_police_is_told_nothing(text: str, reader: Reader) -> None:
    assert reader.read(text).claims == ()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Mayor Ana Ruiz said the bridge will connect both towns.", [Act.ESTIMATE]),
        ("Mayor Ana Ruiz said that people will be able to swim there.", [Act.ESTIMATE]),
        ("Mayor Ana Ruiz said the council will build a bridge.", [Act.PROMISE]),
        ("Mayor Ana Ruiz had no doubt that the dam would hold.", [Act.OPINE]),
        ("Mayor Ana Ruiz complimented Karl Berg on his speech.", [Act.OPINE]),
        ("Karl Berg is suspected of theft.", [Act.ACCUSE]),
        ("Mayor Ana Ruiz said she is proud to host the games.", [Act.ASSERT, Act.OPINE]),
        ("Mayor Ana Ruiz said she would order an inquiry.", [Act.PROMISE]),
        ("Mayor Ana Ruiz said she would soon call her first meeting.", [Act.PROMISE]),
        ("Mayor Ana Ruiz said she would consider a ban.", [Act.PROMISE, Act.OPINE]),
        ("Mayor Ana Ruiz said she plans to leave.", [Act.ASSERT, Act.PROMISE]),
        ("Mayor Ana Ruiz said she was not willing to pay the owners.", [Act.ASSERT, Act.REFUSE]),
        ("Mayor Ana Ruiz is no longer willing to help the owners.", [Act.REFUSE]),
    ],
)
def test_what_nobody_promises_and_what_somebody_only_tells(
    text: str, acts: list[Act], reader: Reader
) -> None:
    assert [c.act for c in reader.read(text).claims] == acts


def test_what_was_not_found_is_no_silence() -> None:
    rows = [row_of(called, TABLES) for called in ("did not see", "did not find", "did not say")]
    assert [row.cue if row else None for row in rows] == ["see", "find", "not say"]
