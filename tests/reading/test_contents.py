"""Contents as they are given. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.contents import clean, without_addressee
from accordingto.reading.reader import Reader
from accordingto.spans import Range


@pytest.mark.parametrize(
    ("text", "content", "wanted"),
    [
        ("He thinks it is “a great thing.” So do we.", "it is “a great thing", "it is “a great thing.”"),
        ('She called the war "a mistake," he said.', 'the war "a mistake', 'the war "a mistake,"'),
        ("They would ''do it.''", "would ''do it", "would ''do it.''"),
        ("“They know he is right,” she said.", "he is right", "he is right"),
        ("They wrote to the N.R.C.", "to the N.R.C.", "to the N.R.C."),
        ("They wrote to the N.R.C. in May", "to the N.R.C", "to the N.R.C."),
        ("They saw “a gap” in it.", "“a gap” in it", "“a gap” in it"),
        ('They saw "a gap" in it.', '"a gap" in it', '"a gap" in it'),
        ("“They saw a gap in it,” she said.", "“They saw a gap", "They saw a gap"),
        ("It rained in May.", "rained in May.", "rained in May"),
    ],
)
def test_contents_keep_the_marks_that_close_them(text: str, content: str, wanted: str) -> None:
    start = text.index(content)
    assert text[slice(*clean(text, Range(start, start + len(content))))] == wanted


def test_what_stands_behind_a_label_keeps_its_stop(reader: Reader) -> None:
    text = "MODERATOR: Who will go?\n\nADISA: Listen.\n\nKOR: We go home. I promise.\n\nMODERATOR: When?"
    said = [c.content[0].text for c in reader.read(text).claims]
    assert said == ["Who will go?", "Listen.", "We go home. I promise.", "When?"]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("me what they knew", "what they knew"),
        ("her it had rained", "it had rained"),
        ("them to leave", "them to leave"),
        ("them a story", "them a story"),
    ],
)
def test_who_is_told_is_no_part_of_what_is_told(content: str, wanted: str) -> None:
    text = f"He told {content}"
    said = without_addressee(text, Range(3, 7), (Range(8, len(text)),))
    assert [text[slice(*c)] for c in said] == [wanted]
