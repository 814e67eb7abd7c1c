"""Attributions inside of what is said, from a network's scores made by hand."""

from __future__ import annotations

import numpy as np

from accordingto.reading.inner import linked, marked
from accordingto.reading.layers import Attribution
from accordingto.reading.network import Network
from accordingto.reading.posterior import painted
from accordingto.reading.reader import Reader
from accordingto.reading.sentences import characters, find_words
from accordingto.spans import Range

TEXT = "Ada said the crew had denied that oil was lost."
WORDS = find_words(TEXT)  # Ada said the crew had denied that oil was lost .
HELD = Range(2, 10)  # "the crew … lost"


def scores(reader: Reader, spans: list[tuple[str, Range]], sure: float = 12.0) -> np.ndarray:
    """Emissions that say these spans and nothing else."""
    tags = reader.network.decoder.attribution_tags
    out = np.zeros((len(WORDS), len(tags)), np.float32)
    out[np.arange(len(WORDS)), painted(spans, len(WORDS), tags)] = sure
    return out


SPANS = [("source", Range(2, 4)), ("cue", Range(5, 6)), ("content", Range(6, 10))]


def found(reader: Reader, emissions: np.ndarray, held: list[Range]) -> tuple[Attribution, ...]:
    decoder = reader.network.decoder
    (mine,) = marked([emissions], [held], decoder.inner())
    links = np.zeros((len(WORDS), 3 * len(decoder.link_none)), np.float32)
    whole = [Range(0, len(WORDS))]
    return linked(mine, WORDS, whole, whole, links, decoder)


def test_what_a_content_holds_is_an_attribution(reader: Reader) -> None:
    (made,) = found(reader, scores(reader, SPANS), [HELD])
    assert made.source is not None
    assert made.cue is not None
    assert TEXT[slice(*made.source)] == "the crew"
    assert TEXT[slice(*made.cue)] == "denied"
    assert [TEXT[slice(*c)] for c in made.content] == ["that oil was lost"]
    assert made.score > 0.9


def test_nothing_is_looked_for_outside_of_contents_and_in_short_ones(reader: Reader) -> None:
    emissions = scores(reader, SPANS)
    assert found(reader, emissions, []) == ()
    assert found(reader, emissions, [Range(5, 7)]) == ()


def test_nothing_crosses_the_edge_of_its_content(reader: Reader) -> None:
    (made,) = found(reader, scores(reader, SPANS), [Range(3, 8)])
    edge = characters(WORDS, Range(3, 8))
    assert all(edge.contains(part) for part in (made.source, made.cue, *made.content) if part)


def test_a_content_without_a_cue_holds_nothing(reader: Reader) -> None:
    assert found(reader, scores(reader, SPANS[2:]), [HELD]) == ()


def test_what_is_unlikely_is_left_out(reader: Reader) -> None:
    assert found(reader, scores(reader, SPANS, sure=0.01), [HELD]) == ()


def test_contents_are_asked_for_by_their_documents(reader: Reader) -> None:
    crf = reader.network.decoder.inner()
    said, nothing = scores(reader, SPANS), scores(reader, [])
    every = marked([nothing, said, nothing], [[HELD], [HELD], []], crf)
    assert [len(mine) for mine in every] == [0, 1, 0]
    assert every[1][0][0] == HELD


def test_the_reader_tells_what_sources_say_that_others_say(reader: Reader) -> None:
    text = "Spokesman Karl Berg said on Monday that the rebels had promised to free 12 hostages and that villagers feared new attacks."
    record = reader.read(text)
    inside = {
        text[c.cue.start : c.cue.end]: text[c.content[0].start : c.content[0].end]
        for c in record.claims
        if c.parent and c.cue
    }
    assert inside["promised"].startswith("to free 12 hostages")
    assert inside["feared"] == "new attacks"
    top = [c for c in record.claims if not c.parent]
    assert len(top) == 1


def test_a_network_gives_a_row_of_inner_tags_for_each_word(reader: Reader) -> None:
    network: Network = reader.network
    assert network.decoder.inner().tags == network.decoder.attribution().tags
    trace = reader.trace(TEXT)
    assert trace.scores.inner.shape == (len(WORDS), len(network.decoder.attribution_tags))
