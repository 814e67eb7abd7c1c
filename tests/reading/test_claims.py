from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from accordingto.integrity import violations
from accordingto.reading.assembly import assemble
from accordingto.reading.document import document_of, evidence
from accordingto.reading.layers import Layers, Phrase, Syntax
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.record import Act, Claim, Record, Source
from accordingto.spans import Range

BY_RULE = {
    "chosen by rule": (1.0, 1.0),
    "new by rule": (1.0, 1.0),
}  # the ranker of who is meant does as the rules say
TABLES, TIMES = replace(ReadingTables.load(), who_weights=BY_RULE), TimeTables.load()
Make = Callable[..., Layers]


def read(text: str, layers: Layers) -> Record:
    doc = document_of(text, published=date(2031, 3, 7), headline_first=False)
    times = find_times(text, within=evidence(doc), published=doc.published, tables=TIMES)
    record = assemble(doc, layers, times, TABLES)
    assert violations(record) == ()
    return record


def who(record: Record, claim: Claim) -> str | None:
    source = source_of(record, claim)
    names = {e.id: e.name for e in record.entities}
    return names.get(source.entity or "") or source.description


def source_of(record: Record, claim: Claim) -> Source:
    return next(s for s in record.sources if s.id == claim.source)


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("denied", "firing at the bridge", "deny"),
        ("confirmed", "that the bridge fell", "confirm"),
        ("declined to comment", "on the bridge", "decline"),
        ("did not say", "who had fired", "silent"),
        ("could not confirm", "the number of dead", "uncertain"),
        ("accused", "the rebels of lying", "accuse"),
        ("warned", "that more would die", "warn"),
        ("pledged", "to rebuild it", "promise"),
        ("urged", "both sides to stop", "request"),
        ("refused", "to leave the town", "refuse"),
        ("estimated", "that 40 had fled", "estimate"),
        ("announced", "a curfew", "announce"),
        ("fears", "a longer war", "opine"),
        ("said", "that the bridge fell at noon", "assert"),
        ("said", "that both sides must stop", "request"),
        ("said", "that it did not know how many had died", "uncertain"),
        ("said", "it was quite likely that more would be found", "estimate"),
        ("has been urging", "restraint", "request"),
        ("was quoted as saying", "that it rained", "assert"),
    ],
)
def test_acts(layers: Make, cue: str, content: str, act: str) -> None:
    text = f"The army {cue} {content}."
    record = read(text, layers(text, [], [("The army", cue, content)]))
    assert [c.act for c in record.claims if c.parent is None] == [act]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("The army", "organization"),
        ("Two officials", "anonymous"),
        ("medics", "anonymous"),
        ("The woman’s family", "group"),
        ("Critics", "group"),
        ("The report", "document"),
        ("Local media", "media"),
        ("the police", "organization"),
        ("A senior European diplomat", "anonymous"),
        ("The Ministry of Health", "organization"),
        ("Video footage", "document"),
        ("Residents", "anonymous"),
    ],
)
def test_kinds_of_sources(layers: Make, source: str, kind: str) -> None:
    text = f"On Monday, {source} said that the bridge fell."
    record = read(text, layers(text, [], [(source, "said", "that the bridge fell")]))
    assert source_of(record, record.claims[0]).kind == kind


PEOPLE = (
    "Rosa Lima, a spokeswoman for the River Council, said the dam held. Ms. Lima denied that it leaked. "
    "She added that Tom Odhiambo was wrong. Mr. Odhiambo said he was sorry."
)


def test_names_titles_and_pronouns_are_one_person(layers: Make) -> None:
    record = read(
        PEOPLE,
        layers(
            PEOPLE,
            [
                ("Rosa Lima", "Person"),
                ("River Council", "Organization"),
                ("Lima#2", "Person"),
                ("Tom Odhiambo", "Person"),
                ("Odhiambo#2", "Person"),
            ],
            [
                ("Rosa Lima", "said", "the dam held"),
                ("Ms. Lima", "denied", "that it leaked"),
                ("She", "added", "that Tom Odhiambo was wrong"),
                ("Mr. Odhiambo", "said#2", "he was sorry"),
            ],
        ),
    )
    top = [c for c in record.claims if c.parent is None]
    assert [who(record, c) for c in top] == ["Rosa Lima", "Rosa Lima", "Rosa Lima", "Tom Odhiambo"]
    lima = next(e for e in record.entities if e.name == "Rosa Lima")
    assert lima.description == "a spokeswoman for the River Council"
    assert next(e for e in record.entities if e.id == lima.affiliation).name == "River Council"
    assert {m.form for m in lima.mentions} == {"name", "pronoun"}


def test_an_anonymous_source_its_reason_and_its_return(layers: Make) -> None:
    text = (
        "A senior European official, speaking on the condition of anonymity to discuss secret talks, said a deal was "
        "near. The Wire asked others. The European official noted that it could fail."
    )
    record = read(
        text,
        layers(
            text,
            [],
            [
                ("A senior European official", "said", "a deal was near"),
                ("The European official", "noted", "that it could fail"),
            ],
        ),
    )
    first, second = record.claims
    assert first.source == second.source
    source = source_of(record, first)
    assert source.kind == "anonymous"
    assert source.anonymity_reason is not None
    assert source.anonymity_reason.text == "to discuss secret talks"


def test_quotations(layers: Make) -> None:
    text = "“We will stay,” the mayor said. He called it “a bad day” and said that it rained."
    record = read(
        text,
        layers(
            text,
            [],
            [
                ("the mayor", "said", "“We will stay,”"),
                ("He", "called", "it “a bad day”"),
                (None, "said#2", "that it rained"),
            ],
        ),
    )
    assert [c.quotation for c in record.claims] == ["direct", "mixed", "indirect"]
    assert [c.content[0].text for c in record.claims] == ["We will stay,", "it “a bad day”", "that it rained"]


def test_a_bare_quotation_goes_on_with_the_last_speaker(layers: Make) -> None:
    text = "“We will stay,” the mayor said. “No one leaves.”"
    record = read(
        text, layers(text, [], [("the mayor", "said", "“We will stay,”"), (None, None, "“No one leaves.”")])
    )
    assert [who(record, c) for c in record.claims] == ["the mayor", "the mayor"]
    assert record.claims[1].cue is None


def test_claims_inside_claims(layers: Make) -> None:
    text = "The mayor said that the army denied shelling the bridge."
    record = read(text, layers(text, [], [("The mayor", "said", "that the army denied shelling the bridge")]))
    outer, inner = record.claims
    assert (inner.parent, inner.act, inner.cue.text if inner.cue else None) == (outer.id, "deny", "denied")
    assert who(record, inner) == "the army"


def test_denials_and_silences_that_the_network_missed(layers: Make) -> None:
    text = "The army did not comment on the strike. It rained."
    record = read(text, layers(text, [], []))
    assert [(c.act, c.source_span.text if c.source_span else None) for c in record.claims] == [
        ("silent", "The army")
    ]


def test_said_on_and_medium(layers: Make) -> None:
    text = "In a statement on Thursday, the army said that the bridge fell on Monday."
    record = read(text, layers(text, [], [("the army", "said", "that the bridge fell on Monday")]))
    claim = record.claims[0]
    assert claim.said_on is not None
    assert claim.said_on.value == "2031-03-06"
    assert claim.medium == "statement"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The flood grew, according to the River Watch Council, RWC.", 1),
        ("The flood grew, according to the River Watch Council, RWE, and the police.", 2),  # a list
        ("The flood grew, according to the River Watch Council, RWC, and the police.", 1),  # its initials
        ("The flood grew, according to the River Watch Council, WFC.", 2),
    ],
)
def test_an_acronym_after_a_comma_is_the_body_before_it(layers: Make, text: str, names: int) -> None:
    short = text.split("Council, ")[1][:3]
    found = [("River Watch Council", "Organization"), (short, "Organization")]
    record = read(text, layers(text, found, []))
    assert len(record.entities) == names


def test_acronyms(layers: Make) -> None:
    text = "The River Watch Council (RWC) said it rained. Later the RWC said it stopped."
    record = read(
        text,
        layers(
            text,
            [("River Watch Council", "Organization"), ("RWC", "Organization"), ("RWC#2", "Organization")],
            [
                ("The River Watch Council (RWC)", "said", "it rained"),
                ("the RWC", "said#2", "it stopped"),
            ],
        ),
    )
    assert {who(record, c) for c in record.claims} == {"River Watch Council"}
    assert len([e for e in record.entities if e.kind == "organization"]) == 1


def test_what_is_said_after_a_refusal_is_a_claim_of_its_own(layers: Make) -> None:
    text = "The mayor declined to confirm the closure but hinted at a delay."
    record = read(
        text, layers(text, [], [("The mayor", "declined", "to confirm the closure but hinted at a delay")])
    )
    assert [(c.act, c.cue.text if c.cue else None, c.content[0].text) for c in record.claims] == [
        ("decline", "declined", "to confirm the closure"),
        ("assert", "hinted at", "a delay"),
    ]
    assert len({c.source for c in record.claims}) == 1


def test_what_is_left_unsaid_is_a_claim_of_its_own(layers: Make) -> None:
    text = "The navy said that it had hit a boat at sea but did not add whether anyone had drowned."
    record = read(text, layers(text, [], [("The navy", "said", text[text.index("that") : -1])]))
    assert [(c.act.value, c.content[0].text) for c in record.claims] == [
        ("assert", "that it had hit a boat at sea"),
        ("silent", "whether anyone had drowned"),
    ]


def test_a_relative_pronoun_brings_its_clause(layers: Make) -> None:
    text = "They hit the dam, which Nadia Orlow said this week now leaked at ten places."
    record = read(text, layers(text, [("Nadia Orlow", "Person")], [("Nadia Orlow", "said", "which")]))
    assert [c.text for c in record.claims[0].content] == ["which", "now leaked at ten places"]
    assert [c.said_on.value for c in record.claims if c.said_on] == ["2031-W10"]


def test_what_adds_to_a_toll_does_not_speak(layers: Make) -> None:
    text = "The deaths at Tarnak add to the more than 300 of this year."
    assert (
        read(
            text, layers(text, [], [("The deaths at Tarnak", "add", text[text.index("to the") : -1])])
        ).claims
        == ()
    )


def test_a_statement_that_blames_accuses(layers: Make) -> None:
    text = "The family released a statement on Friday blaming the guards for her death."
    said = ("The family", "released a statement on Friday blaming", "the guards for her death")
    assert [c.act.value for c in read(text, layers(text, [], [said])).claims] == ["accuse"]


def test_a_document_speaks_inside_of_what_is_said(layers: Make) -> None:
    text = "The family said that she was hit by a shot that video shows came from the tower."
    record = read(text, layers(text, [], [("The family", "said", text[text.index("that") : -1])]))
    inner = next(c for c in record.claims if c.parent is not None)
    assert (who(record, inner), inner.content[0].text) == ("video", "came from the tower")


def test_a_document_for_a_place_says_nothing(layers: Make) -> None:
    text = "Envoys said that they had a text for Farwa and the islands."
    seen = layers(text, [], [("Envoys", "said", text[text.index("that") : -1])])
    assert seen.syntax is None
    relations = np.array([int(text[w.start : w.end] == "for") for w in seen.words])
    heads = np.arange(len(seen.words))
    tree = Syntax(np.zeros(len(heads), np.int64), heads, relations, ("root", "case"))
    assert [c.parent for c in read(text, replace(seen, syntax=tree)).claims] == [None]


def test_a_warning_that_is_repeated_warns(layers: Make) -> None:
    text = "They gave a warning that was repeated in July. It was a road that was repeated on maps."
    said = [(None, "was repeated", "that"), (None, "was repeated#2", "that#2")]
    assert [c.act.value for c in read(text, layers(text, [], said)).claims] == ["warn", "assert"]


def test_words_that_were_repeated_are_said_again_then(layers: Make) -> None:
    text = "The envoys warned Freedonia in January, a warning that was repeated at a summit in Orlow in February."
    record = read(text, layers(text, [], [("The envoys", "warned", "Freedonia")]))
    again = next(c for c in record.claims if c.cue and c.cue.text == "repeated")
    assert (again.act.value, again.content[0].text) == ("warn", "a warning")
    assert again.said_on is not None
    assert again.said_on.value == "2031-02"


TAGS = (
    "“The dam held,” said Rosa Lima. Tom Odhiambo, a baker, drowned. The water rose at night, she added.\n"
    "“Nobody warned us,” said Ada Obi. Tom Odhiambo was her neighbour. “Nobody at all,” she told reporters. "
    "Karl Berg said he saw the gate open."
)


def test_a_pronoun_in_a_tag_is_the_last_speaker_and_one_that_opens_speech_too(layers: Make) -> None:
    names = ["Rosa Lima", "Tom Odhiambo", "Ada Obi", "Tom Odhiambo#2", "Karl Berg"]
    he = f"he#{TAGS[: TAGS.index('he saw')].count('he') + 1}"
    seen = layers(
        TAGS,
        [(n, "Person") for n in names],
        [
            ("Rosa Lima", "said", "The dam held,"),
            ("she", "added", "The water rose at night"),
            ("Ada Obi", "said#2", "Nobody warned us,"),
            ("she#2", "told", "Nobody at all,"),
            ("Karl Berg", "said#3", "he saw the gate open"),
            (he, "saw", "the gate open"),
        ],
    )
    places = [TAGS.index(w) for w in ("Tom Odhiambo", "she added", "she told", "he saw")]
    sizes = (12, 3, 3, 2)
    phrases = [Phrase(Range(a, a + n), Range(a, a + n)) for a, n in zip(places, sizes, strict=True)]
    record = read(TAGS, replace(seen, chains=(tuple(phrases),)))  # the network takes all of them for Tom
    told = {
        c.cue.text: who(record, c) for c in record.claims if c.cue and c.cue.text in ("added", "told", "saw")
    }
    assert told == {"added": "Rosa Lima", "told": "Ada Obi", "saw": "Karl Berg"}


def test_a_plural_pronoun_means_the_two_names_before_it(layers: Make) -> None:
    text = "The family said it hurt. Rosalia and Tavan stood by their pledge to hold fire."
    record = read(
        text,
        layers(
            text,
            [("Rosalia", "Location"), ("Tavan", "Location")],
            [("The family", "said", "it hurt"), ("their", "pledge", "to hold fire")],
        ),
    )
    assert [who(record, c) for c in record.claims] == ["The family", "Rosalia and Tavan"]


def test_a_plural_pronoun_in_a_tag_is_whoever_spoke_last(layers: Make) -> None:
    text = "Villagers said it burned. Talks of Rosalia and Tavan failed, they said. "
    record = read(
        text,
        layers(
            text,
            [("Rosalia", "Location"), ("Tavan", "Location")],
            [("Villagers", "said", "it burned"), ("they", "said#2", "Talks of Rosalia and Tavan failed")],
        ),
    )
    assert [who(record, c) for c in record.claims] == ["Villagers", "Villagers"]


@pytest.mark.parametrize(
    ("said", "cue", "relation", "found"),
    [
        ("the opposition leaders met in Kor", "opposition", "compound", False),
        ("the army feared a threat from the north", "threat", "obj", False),
        ("the army heard her threat to leave the town", "threat", "obj", True),
        ("the army heard the mayor’s threat to leave the town", "threat", "obj", True),
    ],
)
def test_a_noun_tells_of_words_only_where_somebody_owns_it(
    said: str, cue: str, relation: str, found: bool, layers: Make
) -> None:
    text = f"The mayor said that {said}."
    seen = layers(text, [], [("The mayor", "said", f"that {said}")])
    word = [text[slice(*w)] for w in seen.words].index(cue)
    heads = np.full(len(seen.words), 2)
    relations = np.zeros(len(seen.words), np.int64)
    heads[word], relations[word] = word + 1, 1
    tree = Syntax(np.zeros(len(heads), np.int64), heads, relations, ("dep", relation))
    record = read(text, replace(seen, syntax=tree))
    assert (cue in [c.cue.text for c in record.claims if c.cue]) is found


def test_what_figures_leave_out_is_nothing_said(layers: Make) -> None:
    text = "Their figures do not distinguish between soldiers and bakers."
    said = layers(text, [], [("Their figures", "do not distinguish between", "soldiers and bakers")])
    assert read(text, said).claims == ()


def test_what_people_want_to_talk_of_unnamed_is_nothing_said(layers: Make) -> None:
    text = "The officials, who spoke on condition of anonymity to discuss secret plans, left."
    said = layers(text, [], [("The officials", "spoke on condition of anonymity to discuss", "secret plans")])
    assert read(text, said).claims == ()


def test_when_it_was_made_clear_is_no_part_of_what_was(layers: Make) -> None:
    text = "He said the envoys had made clear previously that they would leave."
    record = read(
        text, layers(text, [], [("He", "said", "the envoys had made clear previously that they would leave")])
    )
    assert [c.text for c in record.claims[1].content] == ["that they would leave"]


def test_a_tag_is_no_crowds_inside_the_quotation(layers: Make) -> None:
    text = "“People fear the dam will break,” Karl Berg said. “Even the walls that Tom Odhiambo built are old,” he said."
    he_said = f"he#{text[: text.index('he said')].count('he') + 1}"
    seen = layers(
        text,
        [("Karl Berg", "Person"), ("Tom Odhiambo", "Person")],
        [
            ("Karl Berg", "said", "People fear the dam will break,"),
            (he_said, "said#2", "Even the walls that Tom Odhiambo built are old,"),
            ("People", "fear", "the dam will break,"),
        ],
    )
    told = [Range(text.index(w), text.index(w) + len(w)) for w in ("Tom Odhiambo", "he said")]
    he = Range(told[1].start, told[1].start + 2)
    chain = (Phrase(told[0], told[0]), Phrase(he, he))  # the network takes him for Tom
    record = read(text, replace(seen, chains=(chain,)))
    assert who(record, record.claims[-1]) == "Karl Berg"


def test_the_officials_are_those_who_spoke_most(layers: Make) -> None:
    text = (
        "Harbour officials said it sank. Harbour officials confirmed it burned. "
        "Palace officials urged calm. The officials said it was old."
    )
    record = read(
        text,
        layers(
            text,
            [],
            [
                ("Harbour officials", "said", "it sank"),
                ("Harbour officials#2", "confirmed", "it burned"),
                ("Palace officials", "urged", "calm"),
                ("The officials", "said#2", "it was old"),
            ],
        ),
    )
    assert [who(record, c) for c in record.claims][2:] == ["Palace officials", "Harbour officials"]


def test_a_body_named_by_its_country_in_two_ways_is_one(layers: Make) -> None:
    text = "The Chadian army said it rained. Chad’s army said it was late. Peru’s army said it left."
    said = [
        ("The Chadian army", "said", "it rained"),
        ("Chad’s army", "said#2", "it was late"),
        ("Peru’s army", "said#3", "it left"),
    ]
    record = read(text, layers(text, [], said))
    first, second, third = (c.source for c in record.claims)
    assert first == second != third


@pytest.mark.parametrize(
    ("cue", "content", "turned"),
    [
        ("ask", "the two firms “to respect the law and leave”", Act.REQUEST),
        ("ask", "to remove the ministers", Act.REQUEST),
        ("ask", "whether the firms mean to leave", None),
        ("ask", "reporters what to do", None),
        ("ask", "about the offer to leave", None),
        ("question", "the motives of the minister", Act.OPINE),
        ("question", "whether the minister knew", None),
        ("plead", "not guilty to two counts", Act.DENY),
        ("suggest", "a series of measures to cut back", Act.REQUEST),
        ("suggest", "that the council should resign", Act.REQUEST),
        ("suggest", "that the council had known", None),
        ("refuse", "the claim", Act.DENY),
    ],
)
def test_some_cues_turn_with_what_follows(cue: str, content: str, turned: Act | None) -> None:
    assert TABLES.turns[cue].first(content) is turned


def test_as_per_is_according_to(layers: Make) -> None:
    text = "As per the harbour rules, uniforms are worn on board."
    [found] = read(text, layers(text, [], [])).claims
    assert (found.cue and found.cue.text, found.content[0].text) == (
        "As per",
        "uniforms are worn on board",
    )
    assert found.act is Act.ASSERT


AN = "spoke on condition of anonymity"


@pytest.mark.parametrize(
    ("text", "sources", "reason"),
    [
        (f"An official who {AN} to discuss the raid said it held.", [f"An official who {AN} to discuss the raid"], "to discuss the raid"),
        (f"An aide said it held and {AN} for lack of leave to speak to the U.S. press.", ["An aide"], "for lack of leave to speak to the U.S. press"),
        (f"An aide said it held and {AN} to discuss a $1.5 billion deal, as others did.", ["An aide"], "to discuss a $1.5 billion deal"),
        (f"An aide said it held and {AN} because he feared reprisals.", ["An aide"], "he feared reprisals"),
    ],
)  # fmt: skip
def test_where_the_reason_for_anonymity_ends(
    text: str, sources: list[str], reason: str, layers: Make
) -> None:
    record = read(text, layers(text, [], [(s, "said", "it held") for s in sources]))
    assert [s.anonymity_reason.text for s in record.sources if s.anonymity_reason] == [reason]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("asked that his name be withheld for fear of arrest", "fear of arrest"),
        ("was granted anonymity to describe secret talks", "to describe secret talks"),
        ("did not want to be named because the talks are secret", "the talks are secret"),
        ("cannot be named for reasons of safety", "reasons of safety"),
        ("was not authorized to speak publicly", "not authorized to speak publicly"),
        (f"{AN} because he was not authorized to speak", "he was not authorized to speak"),
    ],
)
@pytest.mark.parametrize(
    ("source", "following"), [("An aide who {}", ""), ("An aide", " The aide {}."), ("An aide", " He {}.")]
)
def test_reasons_in_the_same_sentence_and_the_next(
    asked: str, reason: str, source: str, following: str, layers: Make
) -> None:
    source = source.format(asked)
    text = f"{source} said it held.{following.format(asked)}"
    record = read(text, layers(text, [], [(source, "said", "it held")]))
    assert [s.anonymity_reason and s.anonymity_reason.text for s in record.sources] == [reason]


def test_a_reason_in_the_next_sentence_is_of_whom_that_goes_on_about(layers: Make) -> None:
    text = f"Two medics said it held. A diplomat said it fell. The medics {AN} because they feared arrest."
    record = read(
        text, layers(text, [], [("Two medics", "said", "it held"), ("A diplomat", "said#2", "it fell")])
    )
    assert [(s.description, bool(s.anonymity_reason)) for s in record.sources] == [
        ("Two medics", True),
        ("A diplomat", False),
    ]
    text = f"A diplomat said it fell. Other people {AN} because they feared arrest."
    record = read(text, layers(text, [], [("A diplomat", "said", "it fell")]))
    assert [s.anonymity_reason for s in record.sources] == [None]


def test_who_is_said_not_to_be_authorized_is_no_source(layers: Make) -> None:
    text = "An aide said that the mayor was not authorized to speak for the town."
    said = ("An aide", "said", "that the mayor was not authorized to speak for the town")
    assert [s.anonymity_reason for s in read(text, layers(text, [], [said])).sources] == [None]


@pytest.mark.parametrize("asked", ["not to be identified", "to remain anonymous", "not to be named"])
def test_what_is_said_next_is_no_reason(asked: str, layers: Make) -> None:
    source = f"An aide who asked {asked},"
    record = read(
        f"{source} said that it held.",
        layers(f"{source} said that it held.", [], [(source, "said", "it held")]),
    )
    assert [s.anonymity_reason for s in record.sources] == [None]


def test_the_reason_is_the_last_ones_who_may_be_meant(layers: Make) -> None:
    whole = f"an aide who {AN} to discuss the raid"
    text = f"Residents said it held, but {whole} said Ana Ruiz was late."
    said = [("Residents", "said", "it held"), (whole, "said#2", "Ana Ruiz was late")]
    record = read(text, layers(text, [("Ana Ruiz", "Person")], said))
    assert [(s.description, bool(s.anonymity_reason)) for s in record.sources] == [
        ("Residents", False),
        (whole, True),
    ]
    text = f"An aide said Ana Ruiz had wept, as she told him, and {AN} because it was early."
    said = [("An aide", "said", "Ana Ruiz had wept"), ("she", "told", "Ana Ruiz had wept")]
    record = read(text, layers(text, [("Ana Ruiz", "Person")], said))
    assert [who(record, c) for c in record.claims if source_of(record, c).anonymity_reason] == ["An aide"]


@pytest.mark.parametrize(
    ("text", "source", "day"),
    [
        ("Ana Ruiz, elected in 2019, said it held.", "Ana Ruiz", None),
        ("Ana Ruiz, elected in 2019, said on Tuesday it held.", "Ana Ruiz", "2031-03-04"),
        ("Ana Ruiz, who was freed on Tuesday, said it held.", "Ana Ruiz, who was freed on Tuesday", None),
        ("The navy, which sank on Friday, said it held.", "The navy", None),
        ("A man who was freed on Tuesday said it held.", "A man who was freed on Tuesday", None),
        ("Ana Ruiz, the mayor, on Tuesday said it held.", "Ana Ruiz", "2031-03-04"),
        ("Ana Ruiz, on Tuesday, said it held.", "Ana Ruiz", "2031-03-04"),
        ("The navy, in a statement on Tuesday, said it held.", "The navy", "2031-03-04"),
        ("The navy, which on Tuesday said it held, sank.", "The navy", "2031-03-04"),
        ("On Tuesday, Ana Ruiz, the mayor, said it held.", "Ana Ruiz", "2031-03-04"),
    ],
)
def test_a_day_of_the_speakers_life_is_not_that_of_speech(
    text: str, source: str, day: str | None, layers: Make
) -> None:
    names = [("Ana Ruiz", "Person")] if "Ana Ruiz" in text else []
    record = read(text, layers(text, names, [(source, "said", "it held")]))
    assert [c.said_on.value if c.said_on else None for c in record.claims] == [day]


@pytest.mark.parametrize(
    "aside",
    [
        "filed on Friday",
        "issued on Friday",
        "published on Friday by the union",
        "released Friday",
        "broadcast on Friday by the radio",
        "dated 28 February",
        "which was leaked on Friday",
        "first made public on Friday",
    ],
)
def test_the_day_on_which_a_document_came_out_is_that_of_its_words(aside: str, layers: Make) -> None:
    text = f"The report, {aside}, said soldiers burned it."
    record = read(text, layers(text, [], [("The report", "said", "soldiers burned it")]))
    day = "2031-02-28" if "28" in aside else "2031-03-07"
    assert [c.said_on and c.said_on.value for c in record.claims] == [day]


@pytest.mark.parametrize(
    ("text", "source", "day"),
    [
        ("He struck her on Friday, after she said it held.", "she", None),
        ("The ship sailed on Friday, and experts said it held.", "experts", None),
        ("The truce, which began on Friday, the mayor said it held.", "the mayor", None),
        (
            "Ana Ruiz, who on Friday became the mayor, said it held.",
            "Ana Ruiz, who on Friday became the mayor",
            None,
        ),
        ("On Friday, before dawn, the mayor said it held.", "the mayor", "2031-03-07"),
        ("On Thursday and Friday the mayor said it held.", "the mayor", "2031-03-07"),
        ("Ana Ruiz, who on Friday said it held, left.", "Ana Ruiz", "2031-03-07"),
        ("It met on Friday, shortly after she said it held.", "she", "2031-03-07"),
        ("On Friday, hours after the navy fired, experts said it held.", "experts", "2031-03-07"),
        ("It closed in February after experts said it held.", "experts", "2031-02"),
        ("It closed in February, when she and the navy said it held.", "the navy", "2031-02"),
        ("It closed in February, and experts said it held.", "experts", None),
        ("Ana Ruiz, who on Friday saw it and said it held, left.", "Ana Ruiz", "2031-03-07"),
    ],
)
def test_a_day_of_the_clause_before_is_not_that_of_speech(
    text: str, source: str, day: str | None, layers: Make
) -> None:
    record = read(text, layers(text, [], [(source, "said", "it held")]))
    assert [c.said_on and c.said_on.value for c in record.claims] == [day]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The ship was launched in February, and analysts say it can carry forty jets.", [None]),
        (
            "His remarks on Saturday carried a warning to Freedonia, and a tacit acknowledgment that the dam had failed.",
            ["2031-03-08"],
        ),
        ("In February, the union granted Mr. Berg an extension on a court order to clean the dam.", [None]),
        ("The mayor fled on Saturday, a tacit acknowledgment that the dam had failed.", [None]),
        (
            "After being called to the palace on Monday, Mr. Berg is set to resign, suggesting that the dam had failed.",
            [None],
        ),
        ("After a meeting on Monday, Mr. Berg suggested that the dam had failed.", ["2031-03-10"]),
        (
            "A list of groups that have raised money since May 1, 2030, shows that they spent millions.",
            [None],
        ),
        ("The list that was published on Monday shows that they spent millions.", ["2031-03-10"]),
    ],
)
def test_a_day_is_that_of_speech_within_one_clause(text: str, days: list[str | None], reader: Reader) -> None:
    claims = reader.read(text, published=date(2031, 3, 12)).claims
    assert [c.said_on and c.said_on.value for c in claims if c.parent is None] == days


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Even China, Freedonia's only ally and its lifeline, said it was worried by the blast.", "China"),
        ("Lumen, General Rail's majority-owned firm, believes that trains can help the city.", "Lumen"),
        ("Paul Berg, R-Wis., said the tax would fall.", "Paul Berg"),
        ("The letter, signed by Ana Ruiz, warned that the dam in Bor could burst.", "The letter"),
        ("In Bor, 26 lawmakers, two more than the quorum, said they would vote for it.", "26 lawmakers"),
        (
            "A few backers such as Paul Berg, R-Wis., and Ana Ruiz, D-Ohio, said the tax would fall.",
            "A few backers such as Paul Berg, R-Wis., and Ana Ruiz",
        ),
        ("China, Russia's navy and Iran said the port was open.", "China, Russia's navy and Iran"),
    ],
)
def test_what_describes_a_source_is_not_of_its_mention(text: str, source: str, reader: Reader) -> None:
    claim = reader.read(text).claims[0]
    assert claim.source_span is not None
    assert claim.source_span.text == source


@pytest.mark.parametrize(
    ("text", "cue", "content", "day"),
    [
        ("On Friday, a girl reportedly fell.", "reportedly", "fell", None),
        ("A man held on Friday on the charge of arson.", "charge of", "arson", None),
        ("Prices are expected to be higher than in May.", "expected", "to be higher", None),
        ("The plan, known since Friday, is viewed as weak.", "viewed as", "weak", None),
        ("She fell on Friday, and was told to rest.", "was told", "to rest", None),
        ("On Friday troops were ordered to leave.", "were ordered", "to leave", "2031-03-07"),
        ("Troops were ordered on Friday to leave.", "ordered", "to leave", "2031-03-07"),
        ("It fell, it was reported Friday in Kor.", "was reported Friday", "It fell", "2031-03-07"),
        ("Friday’s announcement that it fell stands.", "announcement", "that it fell", "2031-03-07"),
    ],
)
def test_the_day_of_a_deed_is_not_that_on_which_nobody_named_tells_of_it(
    text: str, cue: str, content: str, day: str | None, layers: Make
) -> None:
    record = read(text, layers(text, [], [(None, cue, content)]))
    assert [c.said_on and c.said_on.value for c in record.claims] == [day]


@pytest.mark.parametrize("source", ["The mayor", "A hostage", "Ana Ruiz"])
def test_a_person_does_not_come_out(source: str, layers: Make) -> None:
    text = f"{source}, released on Friday, said soldiers burned it."
    names = [("Ana Ruiz", "Person")] if source == "Ana Ruiz" else []
    record = read(text, layers(text, names, [(source, "said", "soldiers burned it")]))
    assert [c.said_on for c in record.claims] == [None]


def test_a_day_belongs_to_the_word_of_saying_beside_it(layers: Make) -> None:
    text = "It held, Ana Ruiz said on Monday, adding on Tuesday that it was old."
    said = [("Ana Ruiz", "said", "It held"), ("Ana Ruiz", "adding", "that it was old")]
    record = read(text, layers(text, [("Ana Ruiz", "Person")], said))
    assert [c.said_on.value for c in record.claims if c.said_on] == ["2031-03-03", "2031-03-04"]
    text = "On Monday the army said it held, but the mayor denied that it was safe and urged calm."
    said = [
        ("the army", "said", "it held"),
        ("the mayor", "denied", "that it was safe"),
        ("the mayor", "urged", "calm"),
    ]
    record = read(text, layers(text, [], said))
    assert [bool(c.said_on) for c in record.claims] == [True, False, False]
    text = "The army said the mayor had denied it on Monday, and since then she has promised help."
    said = [("The army", "said", "the mayor had denied it"), ("she", "promised", "help")]
    record = read(text, layers(text, [], [*said, ("the mayor", "denied", "it")]))
    assert [bool(c.said_on) for c in record.claims if c.parent is None] == [True, False]


@pytest.mark.parametrize("source", ["Gov. Ana Ruiz", "Dr. Ana Ruiz", "J.K. Ruiz of the U.S. Army"])
def test_a_titles_full_stop_ends_no_source(layers: Make, source: str) -> None:
    text = f"The bridge was unsafe for many years, according to {source}."
    record = read(text, replace(layers(text, [], []), sentences=(Range(0, len(text)),)))
    assert [c.source_span and c.source_span.text for c in record.claims] == [source]


def test_nothing_is_claimed_twice(layers: Make) -> None:
    text = "The army said it rained."
    seen = layers(text, [], [(None, "said", "it rained"), ("The army", "said", "it rained")])
    (claim,) = read(text, seen).claims
    assert claim.source_span is not None


def test_an_entry_of_a_live_page_begins_anew(reader: Reader) -> None:
    text = (
        'Shelling in Odesa\n\n14:20\n\nOur reporter Anna Weiss is in Odesa:\n\n"The port is burning. I counted six bodies."\n\n14:05\n\n'
        "Governor Oleh Bondar told reporters that the port was safe."
    )
    record = reader.read(text)
    bondar = [c for c in record.claims if who(record, c) == "Oleh Bondar"]
    assert [[x.text for x in c.content] for c in bondar] == [["that the port was safe"]]
    text = "“It was calm,” said Oleh Bondar.\n\n14:05\n\n“The port is burning,”"
    assert who(reader.read(text), reader.read(text).claims[-1]) != "Oleh Bondar"


def test_each_turn_is_a_claim_word_for_word(reader: Reader) -> None:
    text = (
        "GEN. MENSAH: Last night our forces struck three depots near Tamale. Twelve fighters were killed.\n"
        "REPORTER: Were civilians hurt?\nGEN. MENSAH: No. We took every precaution."
    )
    record = reader.read(text)
    assert [(who(record, c), c.quotation) for c in record.claims] == [
        ("MENSAH", "direct"),
        ("REPORTER", "direct"),
        ("MENSAH", "direct"),
    ]
    assert {e.factuality for e in record.events} == {"claimed"}
    assert [p.name for p in record.places] == ["Tamale"]
    assert all(f.claims for f in record.figures)


def test_no_content_stands_in_another_one_of_its_claim(reader: Reader) -> None:
    claims = reader.read("The army says that, as the ministry says, it will leave.").claims
    for said in (c.content for c in claims):
        assert all(a.end <= b.start for a, b in pairwise(said))


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The army said it had hit a command post near Lakeside.", None),
        ("At the border post, the police chief warned that more would follow.", None),
        ("The army said it provided no plan for the command post, and did not say whether it burned.", None),
        ("In a post on Monday, the mayor said that it rained.", "post"),
        ("The mayor said in a long angry post that it rained.", "post"),
        ("It rained, according to the post-flood study of the dam.", None),
    ],
)
def test_a_post_of_soldiers_is_no_medium(text: str, medium: str | None, reader: Reader) -> None:
    assert {c.medium for c in reader.read(text, published=date(2031, 3, 12)).claims} == {medium}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The mayor told Radio Lakeside 2000 that it rained.", None),
        ("At the 2028 and 2030 meetings the mayor said that it rained.", None),
        ("The mayor told KBC This Morning on Monday that it rained.", "2031-03-10"),
        ("In 2029 the mayor said that it rained.", "2029"),
        ("The mayor said on KBC’s “This Week” on Sunday that it rained.", "2031-03-09"),
        ("The 2029 Harbour laureate said that it rained.", None),
        ("It rained, said Karl Berg, the 2029 Harbour Party nominee, who was late.", None),
        ("The 2029 report said that it rained.", "2029"),
    ],
)
def test_a_number_in_a_name_is_no_year(text: str, day: str | None, reader: Reader) -> None:
    (claim,) = reader.read(text, published=date(2031, 3, 12)).claims
    assert (claim.said_on and claim.said_on.value) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("In the days following last Friday’s raid, Berg said that the port was closed.", None),
        ("Two days after Friday’s raid, Berg called for a truce.", None),
        ("Following last week’s raid, the mayor accused the guards of theft.", None),
        ("Responding to Monday’s raid, Berg said it was wrong.", None),
        ("Hours after Friday’s raid, Berg said it was wrong.", "2031-03-07"),
        ("After Friday’s meeting, Berg said it was wrong.", "2031-03-07"),
        ("The board may take up the bill this week and send it to the palace, where Berg has promised to veto it.", None),
        ("Berg shot Lima in February 2029, but claimed self-defense.", None),
        ("Some 28 percent said that it rained, compared with 33 percent last month.", None),
        ("Berg visited Kor on Friday and said that it rained.", "2031-03-07"),
    ],
)  # fmt: skip
def test_the_day_of_another_deed_is_not_that_of_the_words(text: str, day: str | None, reader: Reader) -> None:
    claims = reader.read(text, published=date(2031, 3, 12)).claims
    assert claims
    assert {c.said_on and c.said_on.value for c in claims} == {day}


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The guards had interviewed the driver after being warned by Berg that it rained.", None),
        ("Berg said in an interview that it rained.", "interview"),
        ("Berg, interviewed on Monday, said that it rained.", "interview"),
        ("Berg used a private email server and said that it rained.", None),
        ("Berg said by email that it rained.", "email"),
    ],
)
def test_a_deed_or_a_thing_is_no_medium(text: str, medium: str | None, reader: Reader) -> None:
    assert {c.medium for c in reader.read(text, published=date(2031, 3, 12)).claims} == {medium}


def test_who_asks_not_to_be_named_claims_nothing_by_it(reader: Reader) -> None:
    text = (
        "A port official who declined to be named said that it rained. A diplomat who asked not to be named said that talks had failed. "
        "An aid worker, who refused to be identified, said the road was mined."
    )
    assert {c.cue and c.cue.text for c in reader.read(text).claims} == {"said"}


@pytest.mark.parametrize(
    "unnamed",
    [
        "who asked not to be named out of fear of reprisals",
        "who did not give his name out of fear of reprisals",
        "who requested anonymity out of fear of reprisals",
        "who requested anonymity to speak freely",
    ],
)
def test_why_somebody_is_not_named_is_the_reason_and_no_claim(unnamed: str, reader: Reader) -> None:
    record = reader.read(f"“They burned the mill on Monday,” said a trader {unnamed}.")
    assert [c.cue and c.cue.text for c in record.claims] == ["said"]
    reason = record.sources[0].anonymity_reason
    assert reason is not None
    assert reason.text == ("to speak freely" if "freely" in unnamed else "fear of reprisals")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (
            "The ministry did not give their names or say where they were held.",
            "did not give their names or say",
        ),
        ("Police did not give his name.", "not give"),
        ("Police did not give his name because he is a minor.", "not give"),
        ("The clinic requested anonymity for its donors.", "requested"),
        ("The minister asked for anonymity rules to be changed.", "asked for"),
    ],
)
def test_who_does_not_name_others_is_silent(text: str, cue: str, reader: Reader) -> None:
    record = reader.read(text)
    assert any(c.cue and c.cue.text.endswith(cue) for c in record.claims)
    assert [s.anonymity_reason for s in record.sources] == [None] * len(record.sources)


@pytest.mark.parametrize("paper", ["The Post", "the Kyiv Post"])
def test_a_paper_called_post_is_no_post(paper: str, reader: Reader) -> None:
    record = reader.read(f"The soldiers burned the village, according to documents obtained by {paper}.")
    assert {c.medium for c in record.claims} == {None}


@pytest.mark.parametrize(
    ("phrase", "source"),
    [
        (
            "Major General Musa Bello, Assistant Inspector General for police in Kano",
            "Major General Musa Bello",
        ),
        ("Zou Li, China's ambassador to Chad", "Zou Li"),
        ("Musa Bello, president of the United Federation of Teachers", "Musa Bello"),
        ("Cortes, now 26", "Cortes"),
        ("House Speaker Jim Cole, R-Wis.", "House Speaker Jim Cole"),
        ("Attorney General Roy Cole (D), Bell's opponent in the vote", "Attorney General Roy Cole (D)"),
        ("The Arakan Army (AA), a major militia in Bor", "The Arakan Army (AA)"),
        ("Officials in Bor, where the mayor lives", "Officials in Bor"),
        ("Sens. Ana Cole (D), Jim Bell and Max Roe", "Sens. Ana Cole (D), Jim Bell and Max Roe"),
        ("Ana Ruiz, Luis Soto and Eva Berg", "Ana Ruiz, Luis Soto and Eva Berg"),
        (
            "The Social Party (SPD), the Greens and the Liberals",
            "The Social Party (SPD), the Greens and the Liberals",
        ),
    ],
)
def test_a_source_ends_before_what_describes_it(phrase: str, source: str, reader: Reader) -> None:
    comma = "" if " and " in phrase else ","
    (claim,) = reader.read(f"{phrase}{comma} said the road was open.").claims
    assert claim.source_span is not None
    assert claim.source_span.text == source


def test_the_agent_of_a_relative_clause_is_no_part_of_what_is_said(reader: Reader) -> None:
    text = "Twenty nuns left under an order which was decreed by the Government of Omar Ali last week."
    (claim,) = reader.read(text).claims
    assert claim.source_span is not None
    assert claim.source_span.text == "the Government of Omar Ali"
    assert [x.text for x in claim.content] == ["which"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The army said on Monday that the court in January ordered the release of 40 men.",
            ["2031-03-03", "2031-01"],
        ),
        ("Last week, Kestrel’s mayor said the dam had leaked, state media reported.", [None, "2031-W09"]),
        ("Mayor Ana Ruiz said on Monday that the owners warned of leaks.", ["2031-03-03", None]),
        ("Mayor Ana Ruiz said that the owners feared a flood in January.", [None, None]),
        (
            "Mayor Ana Ruiz said that the owners warned of leaks before the dam burst in January.",
            [None, None],
        ),
    ],
)
def test_the_day_of_what_others_say_stands_in_what_is_said(
    text: str, days: list[str | None], reader: Reader
) -> None:
    claims = sorted(reader.read(text, published=date(2031, 3, 7)).claims, key=lambda c: c.parent is not None)
    assert [c.said_on and c.said_on.value for c in claims] == days


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("The dam leaked, according to a report by the auditors.", ["report"]),
        ("A statement released by Mayor Ana Ruiz said that the dam leaked.", ["statement"]),
        ("The board said in a news release that the dam leaked.", ["statement"]),
        ("Mayor Ana Ruiz said on her Facebook page that the dam leaked.", ["post"]),
        ("Mayor Ana Ruiz called on the people of Kestrel to rally around the owners.", [None]),
        ("In an address to the owners, Mayor Ana Ruiz warned that the dam leaked.", ["speech"]),
        ("Mayor Ana Ruiz said the dam leaked and praised the speech of its owner.", [None, None]),
        ("The board said in a statement that the owners denied the leak.", ["statement", None]),
    ],
)
def test_how_something_was_said(text: str, media: list[str | None], reader: Reader) -> None:
    assert [c.medium for c in reader.read(text).claims] == media


def test_who_is_told_is_part_of_no_content_but_tells_what_is_done(reader: Reader) -> None:
    text = "“Be patient,” Ana Ruiz said. “The scripture tells us that if we stay humble and turn from our ways, God will pardon us and bless our fields.”"
    (told,) = (c for c in reader.read(text).claims if c.cue and c.cue.text == "tells")
    assert told.content[0].text.startswith("that if")
    assert told.act is Act.ASSERT
