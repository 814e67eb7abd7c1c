"""Who takes part in one mention of an event. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from accordingto.reading.eventparts import filled, in_one_role, tidy, whole_names
from accordingto.reading.events import EventTables
from accordingto.reading.layers import Argument, Happening, Layers, Part, Timex
from accordingto.reading.reader import Reader
from accordingto.reading.togetherparts import joined
from accordingto.record import Factuality, TimeType
from accordingto.spans import Range

ROLES = EventTables.load().roles
LABELS = ("root", "dep", "nsubj", "nsubj:pass", "acl", "obj", "acl:relcl", "amod")
Hangs = Mapping[str, tuple[str, str]]


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def mention(text: str, trigger: str, kind: str, parts: list[tuple[str, str]]) -> Happening:
    found = tuple(Part(role, place(text, words), 0.9 - n / 10) for n, (role, words) in enumerate(parts))
    return Happening(place(text, trigger), kind, Factuality.OCCURRED, found, (), (), 0.9)


def told(text: str, found: tuple[Part, ...]) -> list[tuple[str, str]]:
    return [(p.role, text[slice(*p.at)]) for p in found]


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "hangs", "part", "wanted"),
    [
        ("The bill was adopted", "adopted", "politics", {"bill": ("adopted", "nsubj:pass")}, "The bill", "target"),
        ("Troops were deployed", "deployed", "deployment", {"Troops": ("deployed", "nsubj:pass")}, "Troops", "instrument"),
        ("the bill adopted in May", "adopted", "politics", {"bill": ("May", "obj"), "adopted": ("bill", "acl")}, "the bill", "target"),
        ("the man who shot them", "shot", "attack", {"man": ("them", "obj"), "shot": ("man", "acl:relcl")}, "the man", "actor"),
        ("The mayor resigned", "resigned", "politics", {"mayor": ("resigned", "nsubj")}, "The mayor", "actor"),
        ("Villagers fled", "fled", "displacement", {"Villagers": ("fled", "nsubj")}, "Villagers", "target"),
        ("families escaping", "escaping", "displacement", {"escaping": ("families", "acl")}, "families", "target"),
        ("Militias displaced", "displaced", "displacement", {"Militias": ("displaced", "nsubj")}, "Militias", "actor"),
    ],
)  # fmt: skip
def test_the_subject_of_a_passive_does_nothing_and_who_leaves_is_the_target(
    text: str, trigger: str, kind: str, hangs: Hangs, part: str, wanted: str, tree: Callable[..., Layers]
) -> None:
    found = in_one_role(
        text, mention(text, trigger, kind, [("actor", part)]), tree(text, hangs, LABELS, onward=True), ROLES
    )
    assert told(text, found.parts) == [(wanted, part)]


def test_who_flees_is_displaced_and_not_the_home_that_is_left(tree: Callable[..., Layers]) -> None:
    text = "Villagers fled their homes"
    seen = tree(text, {"Villagers": ("fled", "nsubj"), "homes": ("fled", "obj")}, LABELS, onward=True)
    fled = mention(text, "fled", "displacement", [("actor", "Villagers"), ("target", "their homes")])
    found = in_one_role(text, fled, seen, ROLES)
    assert told(text, joined(text, found, [found], seen)) == [("target", "Villagers")]


def test_a_phrase_keeps_the_role_that_it_is_surest_in(tree: Callable[..., Layers]) -> None:
    text = "The mayor resigned"
    seen = tree(text, {"mayor": ("resigned", "nsubj")}, LABELS, onward=True)
    resigned = replace(
        mention(text, "resigned", "politics", [("actor", "The mayor")]),
        arguments=(Argument("ARG1", place(text, "The mayor")),),
    )
    found = in_one_role(text, filled(resigned, ROLES), seen, ROLES)
    assert told(text, found.parts) == [("actor", "The mayor")]


def test_another_mention_lends_nobody_who_is_there_already(tree: Callable[..., Layers]) -> None:
    text = "The northern council was dissolved : the council dissolved"
    seen = tree(text, {}, LABELS, onward=True)
    best = mention(text, "was dissolved", "politics", [("target", "The northern council")])
    other = Happening(Range(49, 58), "politics", Factuality.OCCURRED, (Part("actor", Range(37, 48), 0.9),), (), (), 0.9)  # fmt: skip
    assert text[slice(*other.parts[0].at)] == "the council"
    assert [role for role, _ in told(text, joined(text, best, [best, other], seen))] == ["target"]


@pytest.mark.parametrize(
    ("text", "part", "wanted"),
    [
        ("raid by the Southern Farmers Union (SFU) today", "the Southern Farmers Union (SFU", "the Southern Farmers Union (SFU)"),
        ("raid by a guard (named in court) today", "a guard (named", "a guard"),
        ("raid on 14,000 people", "000 people", "14,000 people"),
        ("raid for 2.5 million", "2", "2.5"),
        ("raid at least six shops", "at least six shops", "at least six shops"),
        ("raid over 200 shops", "over 200 shops", "over 200 shops"),
        ("raid at the shops", "at the shops", "the shops"),
        ("raid by the U.S. envoy", "S. envoy", "U.S. envoy"),
        ("raid in the U.S. today", "the U.S.", "the U.S."),
        ("raid on Upper-Kor today", "Kor", "Upper-Kor"),
        ("raid on a ten-year-old girl", "a ten-year", "a ten-year-old"),
        ("raid on the mayor's envoy", "s envoy", "envoy"),
        ("raid by the guards and the police", "the guards and the", "the guards"),
        ("car-raid on shops", "car", "car"),
        ("raid between Freedonia and Sylvania", "between Freedonia and Sylvania", "Freedonia and Sylvania"),
    ],
)  # fmt: skip
def test_phrases_are_whole(text: str, part: str, wanted: str) -> None:
    found = tidy(text, mention(text, "raid", "attack", [("target", part)]), frozenset())
    assert told(text, found.parts) == [("target", wanted)]


def test_an_adjective_of_the_deed_takes_no_part(tree: Callable[..., Layers]) -> None:
    text = "harsh imprisonment of Ada"
    seen = tree(
        text, {"harsh": ("imprisonment", "amod"), "Ada": ("imprisonment", "dep")}, LABELS, onward=True
    )
    told_of = mention(text, "imprisonment", "detention", [("target", "Ada"), ("actor", "harsh")])
    assert told(text, in_one_role(text, told_of, seen, ROLES).parts) == [("target", "Ada")]


def test_no_phrase_runs_on_into_another_paragraph() -> None:
    text = "Guards held the men.\n\nAda and Bo pleaded guilty."
    held = mention(text, "held", "detention", [("target", "the men.\n\nAda and Bo")])
    assert told(text, tidy(text, held, frozenset()).parts) == [("target", "the men")]


def test_a_phrase_whose_surest_role_is_another_ones_keeps_its_other(tree: Callable[..., Layers]) -> None:
    text = "Ada met Bo"
    seen = tree(text, {"Ada": ("met", "nsubj"), "Bo": ("met", "obj")}, LABELS, onward=True)
    met = mention(text, "met", "meeting", [("actor", "Ada"), ("actor", "Bo"), ("target", "Bo")])
    assert told(text, in_one_role(text, met, seen, ROLES).parts) == [("actor", "Ada"), ("target", "Bo")]


def test_a_phrase_told_twice_takes_part_once(tree: Callable[..., Layers]) -> None:
    text = "They held Bo and held Bo"
    held = mention(text, "held", "detention", [("target", "Bo")])
    again = replace(held, parts=(*held.parts, Part("target", Range(22, 24), 0.9)))
    assert told(text, joined(text, again, [again], tree(text, {}, LABELS, onward=True))) == [("target", "Bo")]


def test_nothing_is_given_on_somebody() -> None:
    text = "The Union would lay sanctions on Norland after the tank transfer to Eastmark."
    parts = [("recipient", "Norland"), ("recipient", "Eastmark")]
    given = tidy(text, mention(text, "transfer", "arms_transfer", parts), frozenset())
    assert told(text, given.parts) == [("recipient", "Eastmark")]
    asked = tidy(text, mention(text, "transfer", "request", parts), frozenset())
    assert told(text, asked.parts) == parts  # "called on Norland"


def test_those_on_whom_a_death_is_blamed_did_not_die() -> None:
    text = "They blamed her death on the soldiers and the killing of Bo on rebels."
    died = tidy(
        text, mention(text, "death", "death", [("target", "her"), ("target", "the soldiers")]), frozenset()
    )
    assert told(text, died.parts) == []
    hit = tidy(text, mention(text, "death", "strike", [("target", "the soldiers")]), frozenset())
    assert told(text, hit.parts) == [("target", "the soldiers")]  # "a raid on the soldiers"
    killed = tidy(text, mention(text, "killing", "killing", [("target", "Bo")]), frozenset())
    assert told(text, killed.parts) == [("target", "Bo")]


def test_those_on_whom_an_attack_is_blamed_were_not_attacked() -> None:
    for verb, kept in (("blamed", []), ("watched", [("target", "the rebels")])):
        text = f"The mayor {verb} the attack on the rebels."
        parts = tidy(text, mention(text, "attack", "attack", [("target", "the rebels")]), frozenset()).parts
        assert told(text, parts) == kept


def test_an_abbreviation_keeps_its_stop_and_an_owner_no_number() -> None:
    text = "Guards of the F.R.N. came to some of Ada Brook's rallies."
    parts = [("actor", "F.R.N"), ("actor", "some of Ada Brook's")]
    kept = tidy(text, mention(text, "rallies", "protest", parts), frozenset()).parts
    assert told(text, kept) == [("actor", "F.R.N."), ("actor", "Ada Brook")]


def test_a_day_does_nothing() -> None:
    text = "Tuesday's strike on Kor by Bo"
    when = Timex(place(text, "Tuesday"), TimeType.DATE, "2031-03-04", date(2031, 3, 4), date(2031, 3, 4))
    parts = [("actor", "Tuesday"), ("time", "Tuesday"), ("target", "Kor")]
    found = tidy(text, mention(text, "strike", "strike", parts), frozenset(), [when])
    assert told(text, found.parts) == [("time", "Tuesday"), ("target", "Kor")]


@pytest.mark.parametrize(("word", "wanted"), [("road", []), ("bus", [("target", "bus")])])
def test_an_accident_on_the_road_hits_no_road(word: str, wanted: list[tuple[str, str]]) -> None:
    text = f"They died in a {word} accident"
    found = tidy(text, mention(text, "accident", "accident", [("target", word)]), frozenset())
    assert told(text, found.parts) == wanted


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("Security", None),
        ("the Kor Security", "the Kor Security Summit"),
        ("Ruiz", "Ruiz"),
        ("Summit", "Summit"),
        ("Norland", "Norland"),
    ],
)
def test_no_name_is_cut_in_two(part: str, wanted: str | None) -> None:
    text = "Ana Ruiz met Norland's envoy at the Kor Security Summit"
    names = [place(text, n) for n in ("Ana Ruiz", "Norland's", "Kor Security Summit")]
    found = whole_names(text, mention(text, "met", "meeting", [("place", part)]), names)
    assert told(text, found.parts) == ([("place", wanted)] if wanted else [])


def test_a_name_does_not_grow_over_the_deed() -> None:
    text = "at the Kor Summit they met"
    names = [place(text, "Kor Summit")]
    found = whole_names(text, mention(text, "Summit", "meeting", [("place", "Kor")]), names)
    assert told(text, found.parts) == [("place", "Kor")]


@pytest.mark.parametrize(
    ("part", "wanted"), [("Brook said he", "he"), ("Brook said", "Brook"), ("Brook", "Brook")]
)
def test_no_participant_runs_over_a_verb(part: str, wanted: str, tree: Callable[..., Layers]) -> None:
    text = "Brook said he fled"
    hangs = {"Brook": ("said", "nsubj"), "he": ("fled", "nsubj"), "fled": ("said", "obj")}
    parts = in_one_role(
        text, mention(text, "fled", "attack", [("actor", part)]), tree(text, hangs, LABELS), ROLES
    ).parts
    assert told(text, parts) == [("actor", wanted)]


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("the mayor had", "the mayor"),
        ("the man seized by", "the man seized"),
        ("fighters of IS", "fighters of IS"),
    ],
)
def test_no_participant_ends_in_the_verb_that_helps_the_deeds(part: str, wanted: str) -> None:
    text = f"what {part} closed"
    found = tidy(text, mention(text, "closed", "attack", [("actor", part)]), frozenset())
    assert told(text, found.parts) == [("actor", wanted)]


def test_of_a_phrase_over_a_verb_the_side_beside_the_deed_takes_part(tree: Callable[..., Layers]) -> None:
    text = "Police shot dozens of marchers at demonstrations"
    hangs = {
        "Police": ("shot", "nsubj"),
        "dozens": ("shot", "obj"),
        "marchers": ("dozens", "dep"),
        "of": ("marchers", "dep"),
    }
    marked = mention(text, "demonstrations", "protest", [("actor", "Police shot dozens of marchers")])
    found = in_one_role(text, marked, tree(text, hangs, LABELS), ROLES)
    assert told(text, found.parts) == [("actor", "dozens of marchers")]


GUARDS = {"guards": ("killed", "nsubj:pass"), "holding": ("guards", "acl"), "dam": ("holding", "obj")}
STRIKE = {"strike": ("killed", "nsubj"), "guards": ("killed", "obj"), "holding": ("guards", "acl"), "dam": ("holding", "obj")}  # fmt: skip
SHOWED = {**STRIKE, "strike": ("showed", "nsubj"), "guards": ("showed", "obj")}


@pytest.mark.parametrize(
    ("text", "trigger", "hangs", "target", "wanted"),
    [
        ("guards holding a dam were killed", "killed", GUARDS, "a dam", "guards holding a dam"),
        ("guards holding a dam were killed", "killed", GUARDS, "holding a dam", "guards holding a dam"),
        ("A strike killed guards holding a dam", "strike", STRIKE, "a dam", "guards holding a dam"),
        ("A strike showed guards holding a dam", "strike", SHOWED, "a dam", "a dam"),
        ("guards holding a dam were killed", "holding", GUARDS, "a dam", "a dam"),
        ("guards holding a dam fell", "fell", {**GUARDS, "guards": ("fell", "nsubj")}, "a dam", "a dam"),
        ("guards holding a dam died", "died", {**GUARDS, "guards": ("died", "nsubj")}, "a dam", "guards holding a dam"),
    ],
)  # fmt: skip
def test_what_victims_did_is_no_target_by_itself(
    text: str, trigger: str, hangs: Hangs, target: str, wanted: str, tree: Callable[..., Layers]
) -> None:
    hung = {w: to for w, to in hangs.items() if w in text and to[0] in text}
    seen = tree(text, hung, LABELS, onward=True)
    found = in_one_role(text, mention(text, trigger, "killing", [("target", target)]), seen, ROLES)
    assert told(text, found.parts) == [("target", wanted)]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Russia bought artillery shells from North Korea, officials said.", ("North Korea", "Russia")),
        (
            "Syrian families received food parcels from the Red Crescent on Monday.",
            ("the Red Crescent", "Syrian families"),
        ),
        ("Norway sold missiles to Poland.", ("Norway", "Poland")),
    ],
)
def test_who_buys_is_the_recipient(text: str, sides: tuple[str, str], reader: Reader) -> None:
    (event,) = (e for e in reader.read(text).events if e.type in ("arms_transfer", "aid"))
    roles = {str(p.role): p.span.text for p in event.participants}
    assert (roles["actor"], roles["recipient"]) == sides


@pytest.mark.parametrize(
    ("text", "kind", "part", "wanted"),
    [
        ("Aland pledged 40 million for Kor, Bara $25 million", "aid", "Kor, Bara", ["Kor"]),
        ("Aland pledged 40 million for Kor, Bara $25 million", "aid", "Bara", []),
        ("Aland pledged 40 million for Kor, New Bara 25 million euros", "aid", "Kor, New Bara", ["Kor"]),
        ("Aland pledged 40 million for Kor, Bara and others", "aid", "Kor, Bara", ["Kor, Bara"]),
        ("Aland gave Kor $25 million", "aid", "Kor", ["Kor"]),
        ("Raids cost Kor, Bara $25 million", "attack", "Kor, Bara", ["Kor, Bara"]),
    ],
)
def test_who_gives_the_next_sum_receives_nothing(text: str, kind: str, part: str, wanted: list[str]) -> None:
    trigger = text.split()[1]
    found = tidy(text, mention(text, trigger, kind, [("recipient", part)]), frozenset())
    assert [words for _, words in told(text, found.parts)] == wanted


@pytest.mark.parametrize(
    ("part", "kind", "wanted"),
    [
        ("13-0 for a truce", "politics", ["a truce"]),
        ("13-0", "politics", []),
        ("141 to 5", "politics", []),
        ("against", "politics", []),
        ("13-0 for a truce", "attack", ["13-0 for a truce"]),
        ("13 members", "politics", ["13 members"]),
    ],
)
def test_the_score_of_a_vote_is_no_target(part: str, kind: str, wanted: list[str]) -> None:
    text = f"Members voted {part} today"
    found = tidy(text, mention(text, "voted", kind, [("target", part)]), frozenset())
    assert [words for _, words in told(text, found.parts)] == wanted


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "role", "part", "wanted"),
    [
        ("the vote , when 25 million people came", "vote", "politics", "actor", "25", []),
        ("became head . One hundred and ten guards came", "became", "politics", "actor", "One hundred", []),
        ("did all to get himself elected", "elected", "politics", "actor", "himself", []),
        ("there was a vote", "vote", "politics", "actor", "there", []),
        ("Three voted against the bill", "voted", "politics", "actor", "Three", [("actor", "Three")]),
        ("One shot the guard", "shot", "attack", "actor", "One", [("actor", "One")]),
        ("seven were appointed", "appointed", "politics", "target", "seven", [("target", "seven")]),
        ("shot himself", "shot", "killing", "target", "himself", [("target", "himself")]),
        ("its war of independence", "war", "invasion", "target", "independence", []),
        ("its war on Kor", "war", "invasion", "target", "Kor", [("target", "Kor")]),
        ("took over power in May", "took over", "politics", "target", "power", []),
        ("took over power plants", "took over", "politics", "target", "power plants", [("target", "power plants")]),
    ],
)  # fmt: skip
def test_numbers_and_ideas_do_nothing_and_suffer_nothing(
    text: str, trigger: str, kind: str, role: str, part: str, wanted: list[tuple[str, str]]
) -> None:
    found = tidy(text, mention(text, trigger, kind, [(role, part)]), frozenset())
    assert told(text, found.parts) == wanted


@pytest.mark.parametrize(
    ("part", "whole"), [("Ms", "Ms. Okoro"), ("Ms.", "Ms. Okoro"), ("Officials", "Officials")]
)
def test_a_title_alone_goes_on_to_its_name(part: str, whole: str) -> None:
    text = "Officials regretted Ms. Okoro’s death."
    names = [Range(text.index("Okoro"), text.index("Okoro") + len("Okoro"))]
    found = whole_names(text, mention(text, "death", "death", [("target", part)]), names)
    assert [text[slice(*p.at)] for p in found.parts] == [whole]
