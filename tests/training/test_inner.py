"""Claims inside claims as what a network learns."""

from __future__ import annotations

from training import inner
from training.corpora import Doc, Links, base_doc, bioes, to_words
from training.labels import Row
from training.sequences import sequences

from accordingto.reading.network import load_tokenizer, model_folder
from accordingto.reading.windows import Window
from accordingto.spans import Range

TEXT = "The mayor said the port authority had promised that cranes would return and crews feared a strike. It rained."
TAGS = bioes(("source", "cue", "content"))


def at(words: str) -> Range:
    start = TEXT.index(words)
    return Range(start, start + len(words))


def row(source: str, cue: str, *content: str, act: str = "assert") -> Row:
    return Row("a-1", at(source), at(cue), tuple(at(c) for c in content), act, None, found=True)


OUTER = row(
    "The mayor",
    "said",
    "the port authority had promised that cranes would return and crews feared a strike",
)
PROMISED = row("the port authority", "promised", "that cranes would return", act="promise")
FEARED = row("crews", "feared", "a strike", act="opine")
NONE = row("It", "rained", "It", act="no")


def doc() -> Doc:
    return base_doc("a-1", TEXT, load_tokenizer(model_folder()))


def told(made: Doc) -> dict[str, str]:
    assert made.inner is not None
    return {TEXT[w.start : w.end]: TAGS[t] for w, t in zip(made.words, made.inner, strict=True) if t}


def test_what_stands_in_a_labelled_claim_is_tagged_apart() -> None:
    made = doc()
    inner.taught([made], {"a-1": [FEARED, OUTER, NONE, PROMISED]}, {}, ())
    assert made.holders == [to_words(made.words, *OUTER.content[0])]
    tags = told(made)
    assert tags["promised"] == tags["feared"] == "S-cue"
    assert (tags["the"], tags["authority"]) == ("B-source", "E-source")
    assert (tags["that"], tags["return"]) == ("B-content", "E-content")
    assert "mayor" not in tags
    assert "said" not in tags
    assert made.attribution is None


def test_of_claims_in_claims_in_claims_the_outer_ones_count() -> None:
    deeper = row("cranes", "would", "return", act="promise")
    made = doc()
    inner.taught([made], {"a-1": [deeper, OUTER, PROMISED]}, {}, ())
    assert told(made)["cranes"] == told(made)["would"] == "I-content"


def test_contents_that_polnear_marks_hold_what_was_found_in_them_or_nothing() -> None:
    made, other = doc(), doc()
    other.id = "b-2"
    for d in (made, other):
        source, cue, content = (
            to_words(d.words, *s) for s in (OUTER.source, OUTER.cue, OUTER.content[0]) if s
        )
        assert cue
        assert content
        d.links = [Links(cue, source, (content,))]
    inner.taught([made, other], {}, {"a-1": [PROMISED]}, ())
    assert told(made)["promised"] == "S-cue"
    assert told(other) == {}
    assert len(other.holders) == 1


def test_what_is_held_out_and_what_nobody_read_through_teaches_nothing() -> None:
    held, bare = doc(), doc()
    bare.id = "b-2"
    inner.taught([held, bare], {"a-1": [OUTER, PROMISED]}, {}, {"a-1"})
    assert held.inner is None
    assert bare.inner is None


def window(made: Doc, end: int) -> Window:
    return Window(0, 0, 0, end, sum(map(len, made.pieces[:end])) + 2)


def test_only_the_words_of_contents_are_learned_from() -> None:
    made = doc()
    inner.taught([made], {"a-1": [OUTER, PROMISED, FEARED]}, {}, ())
    assert made.inner is not None
    ((place, tags),) = sequences([made], [window(made, len(made.words))], "inner", 50)
    assert place.tolist() == list(range(*made.holders[0]))
    assert tags.tolist() == made.inner[slice(*made.holders[0])].tolist()
    assert sequences([made], [window(made, len(made.words))], "attribution", 50) == []


def test_a_content_and_what_it_holds_are_cut_where_the_window_ends() -> None:
    made = doc()
    inner.taught([made], {"a-1": [OUTER, PROMISED]}, {}, ())
    end = 2 + [TEXT[w.start : w.end] for w in made.words].index("that")  # inside of what was promised
    ((place, tags),) = sequences([made], [window(made, end)], "inner", 50)
    assert len(place) == end - made.holders[0].start
    assert TAGS[int(tags[-1])] == "E-content"
