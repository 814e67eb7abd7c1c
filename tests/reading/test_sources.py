"""Sources by description, by relative pronouns, inside other claims; which attributions are claims at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from accordingto.reading.assembly import assemble
from accordingto.reading.document import document_of
from accordingto.reading.layers import Layers, Phrase, Syntax
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.record import Claim, Record
from accordingto.spans import Range

BY_RULE = {
    "chosen by rule": (1.0, 1.0),
    "new by rule": (1.0, 1.0),
}  # the ranker of who is meant does as the rules say
TABLES = replace(ReadingTables.load(), who_weights=BY_RULE)
Make = Callable[..., Layers]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def read(text: str, layers: Layers) -> Record:
    return assemble(document_of(text, published=date(2031, 3, 7), headline_first=False), layers, (), TABLES)


def who(record: Record, claim: Claim) -> str | None:
    source = next(s for s in record.sources if s.id == claim.source)
    return next((e.name for e in record.entities if e.id == source.entity), source.description)


def kind(record: Record, claim: Claim) -> str:
    return next(s.kind for s in record.sources if s.id == claim.source)


def by_cue(record: Record, cue: str) -> Claim:
    return next(c for c in record.claims if c.cue and c.cue.text == cue)


def test_an_office_in_three_words_finds_its_holder(layers: Make) -> None:
    text = "Prime Minister Rosa Lima said it rained. The prime minister urged calm."
    said = [("Prime Minister Rosa Lima", "said", "it rained"), ("The prime minister", "urged", "calm")]
    record = read(text, layers(text, [("Rosa Lima", "Person")], said))
    assert [who(record, c) for c in record.claims] == ["Rosa Lima", "Rosa Lima"]


def test_a_body_with_more_words_than_a_name_is_another(layers: Make) -> None:
    text = "Embassy warns of rain. Chile’s embassy urged calm."
    record = read(text, layers(text, [("Embassy", "Organization")], [("Chile’s embassy", "urged", "calm")]))
    assert [who(record, c) for c in record.claims] == ["Chile’s embassy"]


def test_a_demonym_before_an_office_finds_its_only_holder_and_no_former_one(layers: Make) -> None:
    text = "Former President Ana Ruiz met President Karl Berg. The Chilean president urged calm."
    names = [("Ana Ruiz", "Person"), ("Karl Berg", "Person")]
    record = read(text, layers(text, names, [("The Chilean president", "urged", "calm")]))
    assert [who(record, c) for c in record.claims] == ["Karl Berg"]


def test_a_body_called_by_a_noun_is_the_one_of_its_chain(layers: Make) -> None:
    text = "The shipping firm Norvik sank. The company urged calm."
    seen = layers(text, [("Norvik", "Organization")], [("The company", "urged", "calm")])
    ends = [Range(0, text.index(" sank")), Range(text.index("The company"), text.index(" urged"))]
    heads = [Range(text.index("firm"), text.index("firm") + 4), Range(ends[1].start + 4, ends[1].end)]
    chain = tuple(Phrase(at, head) for at, head in zip(ends, heads, strict=True))
    record = read(text, replace(seen, chains=(chain,)))
    assert who(record, record.claims[0]) == "Norvik"


@pytest.mark.parametrize(
    ("source", "names", "expected"),
    [
        ("the national dockers’ union Vida", [("Vida", "Organization")], ("Vida", "organization")),
        ("The owner, Norvik Lines", [("Norvik Lines", "Organization")], ("Norvik Lines", "organization")),
        ("Officials at the firm, Norvik", [("Norvik", "Organization")], (None, "anonymous")),
        ("A leading Chadian geologist", [], (None, "anonymous")),
        ("Reuters", [("Reuters", "Organization")], ("Reuters", "media")),
        ("Lawyers representing the town against Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("Secretary of Trade Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("The envoy for trade, Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("A spokesman for the army, Col. Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("A government spokesman, Dr. Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        (
            "His successor, acting Prime Minister Rosa Lima",
            [("Rosa Lima", "Person")],
            ("Rosa Lima", "person"),
        ),
        ("The mother of a soldier, Sgt. Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("The President of the Republic Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("The Chadian Ambassador to Qatar H E Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("A specialist in harbour affairs Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("His legal representative, advocate Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("Mr Rosa Lima himself", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("The minister of health Rosa Lima herself", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("The spokesman of President Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("A spokeswoman for Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("The nephew of Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("The lawyer of the late Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("A resident, son of the potter Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("The nephew of author Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("The lawyer of the widow Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("The deputy to Mayor Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        (
            "The brother of the president of the republic Rosa Lima",
            [("Rosa Lima", "Person")],
            (None, "anonymous"),
        ),
        ("The director of a film on Rosa Lima", [("Rosa Lima", "Person")], (None, "anonymous")),
        ("Haa Shaa (Chief) Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        (
            "Authorities in Arica, where Rosa Lima lives",
            [("Rosa Lima", "Person")],
            ("Authorities in Arica", "organization"),
        ),
        ("Rosa Lima’s", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        (
            "The police spokesman in the state, DSP Rosa Lima",
            [("Rosa Lima", "Person")],
            ("Rosa Lima", "person"),
        ),
        ("The chairwoman of the board, Hon. Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        ("The head of the agency, Surv. Rosa Lima", [("Rosa Lima", "Person")], ("Rosa Lima", "person")),
        (
            "A spokeswoman for the fleet, Vice Adm. Rosa Lima",
            [("Rosa Lima", "Person")],
            ("Rosa Lima", "person"),
        ),
        (
            "The president of the council, Chad’s Rosa Lima",
            [("Rosa Lima", "Person")],
            ("Rosa Lima", "person"),
        ),
        (
            "The Department of Inland Waters (DIW)",
            [("Department of Inland Waters", "Organization")],
            ("Department of Inland Waters", "organization"),
        ),
        ("The Collector", [], (None, "anonymous")),
        ("The Sub-Divisional Magistrate", [], (None, "anonymous")),
        ("The Superintendent", [], (None, "anonymous")),
    ],
)
def test_whose_name_a_source_bears(
    source: str, names: list[tuple[str, str]], expected: tuple[str | None, str], layers: Make
) -> None:
    text = f"{source} demand that it rain."
    record = read(text, layers(text, names, [(source, "demand", "that it rain")]))
    name, sort = expected
    assert kind(record, record.claims[0]) == sort
    assert who(record, record.claims[0]) == (name or source)


def test_the_official_who_spoke_just_now_is_meant_again(layers: Make) -> None:
    text = "Harbour Chief Karl Berg said it rained. The official urged calm."
    said = [("Harbour Chief Karl Berg", "said", "it rained"), ("The official", "urged", "calm")]
    record = read(text, layers(text, [("Karl Berg", "Person")], said))
    assert [who(record, c) for c in record.claims] == ["Karl Berg", "Karl Berg"]


def test_the_legislator_named_just_before_is_meant(layers: Make) -> None:
    text = "Rosa Lima was booed. The legislator of the Lake Union urged calm."
    said = [("The legislator of the Lake Union", "urged", "calm")]
    record = read(text, layers(text, [("Rosa Lima", "Person"), ("Lake Union", "Organization")], said))
    assert [who(record, c) for c in record.claims] == ["Rosa Lima"]


def test_a_chain_gives_a_person_only_where_the_noun_stands_by_the_name(layers: Make) -> None:
    text = "General Rosa Lima came. It rained, the spokesman said."
    seen = layers(text, [("Rosa Lima", "Person")], [("the spokesman", "said", "It rained")])
    one, two = text.index("Rosa Lima"), text.index("the spokesman")
    chain = (
        Phrase(Range(one, one + 9), Range(one, one + 4)),
        Phrase(Range(two, two + 13), Range(two + 4, two + 13)),
    )
    record = read(text, replace(seen, chains=(chain,)))
    assert who(record, record.claims[0]) == "the spokesman"


def test_an_office_named_by_its_country_is_the_one_whose_bearer_is_named_later(layers: Make) -> None:
    text = (
        "It rained, Chile’s foreign minister said. Chilean Foreign Minister Ana Ruiz met "
        "Peruvian Foreign Minister Karl Berg."
    )
    said = [("Chile’s foreign minister", "said", "It rained")]
    record = read(text, layers(text, [("Ana Ruiz", "Person"), ("Karl Berg", "Person")], said))
    assert [who(record, c) for c in record.claims] == ["Ana Ruiz"]


def test_an_envoy_is_of_the_country_that_sent_them_though_the_office_names_another(layers: Make) -> None:
    text = "Ana Ruiz, ambassador of Kenya to Ghana, said it was dry. The Kenyan ambassador said it rained."
    said = [("Ana Ruiz", "said", "it was dry"), ("The Kenyan ambassador", "said#2", "it rained")]
    record = read(text, layers(text, [("Ana Ruiz", "Person")], said))
    assert [who(record, c) for c in record.claims] == ["Ana Ruiz", "Ana Ruiz"]


@pytest.mark.parametrize("office", ["spokesman for the military", "the military spokesman"])
def test_who_speaks_for_a_body_is_not_the_body(office: str, layers: Make) -> None:
    text = f"It rained, Chile’s military said. The town was calm. Karl Berg, {office}, came."
    record = read(text, layers(text, [("Karl Berg", "Person")], [("Chile’s military", "said", "It rained")]))
    assert [who(record, c) for c in record.claims] == ["Chile’s military"]


def test_a_tag_in_the_next_paragraph_is_the_speakers_of_the_one_before(layers: Make) -> None:
    text = "Rosa Lima said it rained. Later Karl Berg said it burned.\n\n“It was late,” he said."
    said = [
        ("Rosa Lima", "said", "it rained"),
        ("Karl Berg", "said#2", "it burned"),
        ("he", "said#3", "“It was late,”"),
    ]
    record = read(text, layers(text, [("Rosa Lima", "Person"), ("Karl Berg", "Person")], said))
    assert who(record, record.claims[-1]) == "Karl Berg"


def test_a_family_name_that_comes_first_is_the_same_person(layers: Make) -> None:
    text = "Bo Yunhai said it rained. Bo urged calm."
    names = [("Bo Yunhai", "Person"), ("Bo#2", "Person")]
    record = read(text, layers(text, names, [("Bo Yunhai", "said", "it rained"), ("Bo#2", "urged", "calm")]))
    assert [who(record, c) for c in record.claims] == ["Bo Yunhai", "Bo Yunhai"]
    other = next(e for e in record.entities)
    assert other.name == "Bo Yunhai"


def test_the_office_after_a_name_is_no_part_of_the_mention(layers: Make) -> None:
    text = "“It rained,” said Rosa Lima, head of the Lake Union."
    source = "Rosa Lima, head of the Lake Union"
    record = read(text, layers(text, [("Rosa Lima", "Person")], [(source, "said", "“It rained,”")]))
    assert record.claims[0].source_span is not None
    assert record.claims[0].source_span.text == "Rosa Lima"


def test_it_was_reported_names_no_one(layers: Make) -> None:
    text = "The mayor left the town, it was reported."
    record = read(text, layers(text, [], [("it", "reported", "The mayor left the town")]))
    assert (record.claims[0].source_span, who(record, record.claims[0])) == (None, None)


def test_a_deed_that_no_table_knows_is_no_claim(layers: Make) -> None:
    text = "The police collected samples. The mayor collected that it rained."
    said = [("The police", "collected", "samples"), ("The mayor", "collected#2", "that it rained")]
    record = read(text, layers(text, [], said))
    assert [c.source_span.text for c in record.claims if c.source_span] == ["The mayor"]


def test_noted_is_a_word_of_saying_and_no_denial(layers: Make) -> None:
    text = "The mayor noted that it rained."
    record = read(text, layers(text, [], [("The mayor", "noted", "that it rained")]))
    assert [c.act for c in record.claims] == ["assert"]


def test_what_stands_in_another_paragraph_without_quotation_marks_is_not_said(layers: Make) -> None:
    text = "The dam fell, officials said.\n\nVerna lies on a lake."
    seen = layers(text, [], [("officials", "said", "The dam fell", "Verna")])
    assert [[p.text for p in c.content] for c in read(text, seen).claims] == [["The dam fell"]]


def test_a_quotation_alone_in_its_paragraph_goes_on_with_the_one_before(layers: Make) -> None:
    text = "The mayor wrote that it rained.\n\n“We ask for boats.”\n\nThe town has been described as old."
    said = [
        ("The mayor", "wrote", "that it rained"),
        (None, "has been described", "“We ask for boats.”", "as old"),
    ]
    record = read(text, layers(text, [], said))
    alone = next(c for c in record.claims if c.cue is None)
    assert (alone.content[0].text, who(record, alone)) == ("We ask for boats.", "The mayor")


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("the demands of the dockers were out of reach", "assert"),
        ("she carried false papers", "assert"),
        ("he had plans to leave", "assert"),
        ("the report was false", "deny"),
        ("it had no involvement in the genocide", "deny"),
        ("the fire would be investigated", "promise"),
        ("it will never accept such terms", "refuse"),
        ("families had to flee", "assert"),
    ],
)
def test_what_the_words_of_a_content_do(said: str, act: str, layers: Make) -> None:
    text = f"The mayor said {said}."
    assert [c.act for c in read(text, layers(text, [], [("The mayor", "said", said)])).claims][:1] == [act]


def test_the_act_of_a_claim_inside_is_its_own(layers: Make) -> None:
    text = "The mayor said the dockers demanded a new bridge."
    said = [
        ("The mayor", "said", "the dockers demanded a new bridge"),
        ("the dockers", "demanded", "a new bridge"),
    ]
    record = read(text, layers(text, [], said))
    assert {c.cue.text: c.act for c in record.claims if c.cue} == {"said": "assert", "demanded": "request"}


# ---------------------------------------------------------------------- with the network's trees
def test_a_relative_pronoun_stands_for_the_noun_before_it(reader: Reader) -> None:
    text = "The ferry company Norvik quarrelled with the dockers' union, which said the strike would go on."
    record = reader.read(text)
    assert who(record, by_cue(record, "said")) == "the dockers' union"
    other = reader.read(text.replace("dockers'", "harbour workers'"))
    assert (who(other, by_cue(other, "said")) or "").removeprefix("the ") == "harbour workers' union"


def test_a_relative_pronoun_goes_past_a_thing_to_the_document_about_it(layers: Make) -> None:
    text = "Divers found footage from the car, which confirmed that it rained."
    seen = layers(text, [], [("which", "confirmed", "that it rained")])
    labels = ("dep", "nsubj", "obj", "case", "det", "obl", "punct", "advcl", "root")
    arcs = (
        (1, 1),
        (1, 8),
        (1, 2),
        (5, 3),
        (5, 4),
        (1, 5),
        (8, 6),
        (8, 1),
        (1, 7),
        (11, 0),
        (11, 1),
        (8, 0),
        (1, 6),
    )
    heads, relations = (np.array(x) for x in zip(*arcs, strict=True))
    tree = Syntax(np.zeros(len(arcs), np.int64), heads, relations, labels)
    record = read(text, replace(seen, syntax=tree))
    assert who(record, record.claims[0]) == "footage from the car"
    assert kind(record, record.claims[0]) == "document"


@pytest.mark.parametrize(
    ("text", "said", "means"),
    [
        (
            "Ana Ruiz said the mayor Rosa Lima claimed it rained. “It is late,” she added.",
            [("Ana Ruiz", "said", "the mayor Rosa Lima claimed it rained"), ("the mayor Rosa Lima", "claimed", "it rained"), ("she", "added", "It is late,")],
            "Ana Ruiz",
        ),
        (
            "Ana Ruiz left. Rosa Lima said she feared it rained.",
            [("Rosa Lima", "said", "she feared it rained"), ("she", "feared", "it rained")],
            "Rosa Lima",
        ),
    ],
)  # fmt: skip
def test_a_tag_is_of_who_spoke_last_and_stands_in_nobodys_words(
    text: str, said: list[tuple[str, ...]], means: str, layers: Make
) -> None:
    record = read(text, layers(text, [("Ana Ruiz", "Person"), ("Rosa Lima", "Person")], said))
    last = max(record.claims, key=lambda c: c.cue.start if c.cue else 0)
    assert who(record, last) == means


def test_what_a_crowd_says_inside_a_claim_is_found(reader: Reader) -> None:
    text = "Mayor Rosa Lima said on Monday that divers had gone down in what villagers said was the calmest lake."
    record = reader.read(text)
    inner = [c for c in record.claims if c.parent is not None]
    assert [(c.source_span.text, c.cue.text) for c in inner if c.source_span and c.cue] == [
        ("villagers", "said")
    ]


def test_the_speaker_of_a_passive_follows_it(reader: Reader) -> None:
    text = (
        "“The villagers were told by the ministry that the dam would hold,” Mayor Rosa Lima said on Monday."
    )
    record = reader.read(text)
    assert who(record, by_cue(record, "told")) == "the ministry"


def test_what_people_feel_in_their_own_words_is_no_claim_inside(reader: Reader) -> None:
    text = "“We hope the dam will hold, and we don't believe in miracles,” Mayor Rosa Lima said on Monday."
    record = reader.read(text)
    assert [c.cue.text for c in record.claims if c.cue] == ["said"]


@pytest.mark.parametrize("that", ["that ", ""])  # the tree hangs the second clause on "denied" or on "said"
def test_what_is_said_inside_ends_with_its_clause_and_goes_on_with_a_second_verb(
    that: str, reader: Reader
) -> None:
    text = f"According to the Lake Herald, the Chadian army denied that it had sunk the ferry and said {that}the crew had fled."
    record = reader.read(text)
    told = {c.cue.text: [p.text for p in c.content] for c in record.claims if c.cue}
    assert told["denied"] == ["that it had sunk the ferry"]
    assert told["said"] == [f"{that}the crew had fled"]
    assert who(record, by_cue(record, "said")) == who(record, by_cue(record, "denied"))


def test_two_names_that_agree_are_one_source(reader: Reader) -> None:
    record = reader.read(
        "Chile and Peru have agreed to share the lake, Mayor Rosa Lima told the Herald on Monday."
    )
    assert [c.source_span.text for c in record.claims if c.parent and c.source_span] == ["Chile and Peru"]


def test_a_silence_has_the_subject_alone_as_its_source(reader: Reader) -> None:
    text = "The ferry sank at dawn, the harbour chief told reporters on Monday without saying who was at the helm."
    silent = next(c for c in reader.read(text).claims if c.act == "silent")
    assert silent.source_span is not None
    assert silent.source_span.text == "the harbour chief"


def test_hearsay_is_a_claim_of_no_one(reader: Reader) -> None:
    record = reader.read("Port police held two men on Monday. The men allegedly sank the ferry with a drill.")
    claim = by_cue(record, "allegedly")
    assert ([p.text for p in claim.content], who(record, claim)) == (
        ["The men", "sank the ferry with a drill"],
        None,
    )


def test_the_woman_is_the_person_of_whom_the_report_has_just_told(reader: Reader) -> None:
    text = (
        "Karl Berg, the mayor of Kutum, said the market was empty.\n\nAmal Haddad sells bread there.\n\n"
        "The woman said nobody came on Monday. “I stayed alone,” she added.\n"
    )
    record = reader.read(text, published=date(2031, 3, 7))
    assert [who(record, c) for c in record.claims] == ["Karl Berg", "Amal Haddad", "Amal Haddad"]


def test_he_goes_on_where_he_spoke_last(reader: Reader) -> None:
    text = (
        "Karl Berg, the mayor, said the road was closed.\n\nJoseph Okello drives a truck.\n\n"
        "“I waited two days,” he said.\n\nHe added that others turned back.\n"
    )
    record = reader.read(text, published=date(2031, 3, 7))
    assert [who(record, c) for c in record.claims] == ["Karl Berg", "Joseph Okello", "Joseph Okello"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("35% of villagers", "group"),
        ("Most of the drivers", "group"),
        ("Human rights organisations", "group"),
        ("The human rights organisation", "organization"),
        ("The aid agencies", "organization"),
    ],
)
def test_shares_and_bodies_by_the_dozen_are_groups(source: str, wanted: str, layers: Make) -> None:
    text = f"{source} said it rained."
    record = read(text, layers(text, [], [(source, "said", "it rained")]))
    assert [kind(record, c) for c in record.claims] == [wanted]


@pytest.mark.parametrize(
    ("content", "act"),
    [("it would rain soon", "estimate"), ("it rained", "opine"), ("the rain was bad", "opine")],
)
def test_what_people_believe_of_the_future_is_an_estimate(content: str, act: str, layers: Make) -> None:
    text = f"Officials believed {content}."
    record = read(text, layers(text, [], [("Officials", "believed", content)]))
    assert [c.act.value for c in record.claims] == [act]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kutum District Officer (KDO) Ana Ruiz came. The KDO said it rained.", "Ana Ruiz"),
        ("KDO Ana Ruiz came. The KDO said it rained.", "Ana Ruiz"),
        ("KDO Ana Ruiz met KDO Tom Odhiambo. The KDO said it rained.", "The KDO"),  # of two
        ("The KDO met Ana Ruiz. The KDO said it rained.", "The KDO"),
    ],
)
def test_an_office_in_capitals_is_its_bearers(text: str, wanted: str, layers: Make) -> None:
    names = [(n, "Person") for n in ("Ana Ruiz", "Tom Odhiambo") if n in text]
    source = "The KDO#2" if text.startswith("The KDO") else "The KDO"
    record = read(text, layers(text, names, [(source, "said", "it rained")]))
    assert [who(record, c) for c in record.claims] == [wanted]


@pytest.mark.parametrize(
    ("source", "names", "wanted"),
    [
        ("Chile, the Netherlands and Chad", ["Chile/L", "Netherlands/L", "Chad/L"], None),
        ("The UN, the EU and the African Union", ["UN/O", "EU/O", "African Union/O"], None),
        ("Norvik and Vida", ["Norvik/O", "Vida/O"], None),
        ("Norvik and the Lake Authority", ["Norvik/O", "Lake Authority/O"], None),
        ("Mr. Berg and Mr. Lund", ["Berg/P", "Lund/P"], None),
        ("Ana Ruiz, Tom Berg, and Prime Minister Karl Lund", ["Ana Ruiz/P", "Tom Berg/P", "Karl Lund/P"], None),
        ("Norvikers and Vida", ["Vida/O"], None),
        ("Ana Ruiz, the head of the Lake Union and the Port Council", ["Ana Ruiz/P", "Lake Union/O", "Port Council/O"], "Ana Ruiz"),
        ("Ana Ruiz, Minister of Kutum and Chad", ["Ana Ruiz/P", "Kutum/L", "Chad/L"], "Ana Ruiz"),
        ("Ana Ruiz, the mayor, and Karl Lund", ["Ana Ruiz/P", "Karl Lund/P"], "Ana Ruiz"),
        ("The House Oversight and Reform Committee", ["House Oversight and Reform Committee/O"], "House Oversight and Reform Committee"),
    ],
)  # fmt: skip
def test_names_that_speak_together_are_one_source(
    source: str, names: list[str], wanted: str | None, layers: Make
) -> None:
    text = f"{source} said it rained."
    labels = {"L": "Location", "O": "Organization", "P": "Person"}
    seen = [(n[:-2], labels[n[-1]]) for n in names]
    record = read(text, layers(text, seen, [(source, "said", "it rained")]))
    assert who(record, record.claims[0]) == (wanted or source)
    assert kind(record, record.claims[0]) != "person" or wanted == "Ana Ruiz"
    assert all(s.named for s in record.sources)


def test_names_that_speak_together_may_be_described_behind(layers: Make) -> None:
    text = "Chile, the Netherlands and Chad, which sent troops, said it rained. Chad, Chile and the Netherlands urged calm."
    names = [("Chile", "Location"), ("Netherlands", "Location"), ("Chad", "Location")]
    names += [(f"{n}#2", label) for n, label in names]
    said = [
        ("Chile, the Netherlands and Chad, which sent troops", "said", "it rained"),
        ("Chad, Chile and the Netherlands", "urged", "calm"),
    ]
    record = read(text, layers(text, names, said))
    assert [who(record, c) for c in record.claims] == ["Chile, the Netherlands and Chad"] * 2


@pytest.mark.parametrize(
    ("text", "source", "sort"),
    [
        ("It rained. They said the dam held.", "They", "group"),
        ("It rained. We said the dam held.", "We", "group"),
        ("It rained. He said the dam held.", "He", "anonymous"),
        ("It said the dam held.", "It", "anonymous"),
        ("Someone said the dam held.", "Someone", "anonymous"),
        ("Beekeepers said the dam held.", "Beekeepers", "group"),
        ("“Beekeepers said the dam held.”", "Beekeepers", "group"),
        ("On Monday Norvik said the dam held.", "Norvik", "organization"),
        ("NVK said the dam held.", "NVK", "organization"),
    ],
)
def test_a_capital_makes_a_body_only_inside_a_sentence(
    text: str, source: str, sort: str, layers: Make
) -> None:
    record = read(text, layers(text, [], [(source, "said", "the dam held")]))
    assert kind(record, record.claims[0]) == sort
    assert [e.name for e in record.entities] == [source] * (sort == "organization")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("The widow of one miner, Petro Lys", False),
        ("The mother of the suspect, Petro Lys", False),
        ("Neighbours of the gunman, Petro Lys", False),
        ("The widow of a general, Petro Lys", False),
        ("The wife of the president, Petra Lys", True),
        ("The mother of two boys, Petra Lys", True),
        ("The minister of the interior, Petro Lys", True),
        ("The envoy for peace, Petro Lys", True),
    ],
)
def test_a_name_behind_somebodys_kin_is_not_that_of_the_kin(source: str, named: bool, layers: Make) -> None:
    text = f"{source}, said it rained."
    name = source.rpartition(", ")[2]
    record = read(text, layers(text, [(name, "Person")], [(source, "said", "it rained")]))
    assert (who(record, record.claims[0]) == name) is named


@pytest.mark.parametrize("watcher", ["Human Rights Monitor", "The Kivu Rights Network"])
def test_an_army_is_not_its_accuser(watcher: str, reader: Reader) -> None:
    text = (
        f"{watcher} said on Monday that soldiers had executed 56 civilians near Ouahigouya. In a statement on February 8, "
        "the army said its forces had killed 40 rebels in the area."
    )
    record = reader.read(text)
    assert [who(record, c) for c in record.claims if c.parent is None] == [
        watcher.removeprefix("The "),
        "the army",
    ]


def test_a_label_means_nobody_whom_the_turns_alone_name(reader: Reader) -> None:
    text = (
        "MR. SMITH: Who commanded them?\n\nTHE WITNESS: Captain Bello. He told them to shoot everyone.\n\n"
        "MR. SMITH: Where were you?\n\nTHE WITNESS: In Pajule. Captain Bello shot my father."
    )
    record = reader.read(text)
    top = [c for c in record.claims if c.parent is None]
    assert [who(record, c) for c in top] == ["SMITH", "THE WITNESS", "SMITH", "THE WITNESS"]
    assert len({c.source for c in top}) == 2


@pytest.mark.parametrize(
    "quoted", ["is quoted as saying", "was quoted as saying in the report", "was cited as saying"]
)
def test_who_was_quoted_as_saying_it_spoke_last(quoted: str, reader: Reader) -> None:
    text = (
        "General Ali Obi, the army's commander, denied the report. A farmer told investigators that soldiers burned his house. "
        f'"They laughed," he {quoted}.'
    )
    record = reader.read(text)
    told = [who(record, c) for c in record.claims]  # and whoever quotes, whom nobody names
    assert [w for w in told if w is not None] == ["Ali Obi", "A farmer", "A farmer"]
    assert told.count(None) == (" cited " not in f" {quoted}")


def test_they_in_a_quotation_are_nobody_outside_of_it(reader: Reader) -> None:
    text = (
        'Two people with knowledge of the matter said that a contractor had paid. "They told us every morning that it was the last day," '
        'one of the men, Fabio Lorca, said. "They said they would shoot us."'
    )
    record = reader.read(text)
    outer = record.claims[0].source
    inner = [c.source for c in record.claims if c.parent]
    assert len(inner) == 2
    assert len(set(inner)) == 1
    assert outer not in inner


def test_it_in_a_quotation_is_the_body_named_there(reader: Reader) -> None:
    text = (
        "Chile said that it had no part in the raid.\n\n“Chile has grown bold. This is because it thinks that we are weak,” "
        "said Karl Berg, a lawmaker."
    )
    record = reader.read(text)
    assert who(record, by_cue(record, "thinks")) == "Chile"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Anna Weber, a spokeswoman for President Ali Camara,", "The President"),
        ("The governor's spokesman, Ali Camara,", "The governor"),
        ("The spokesman for the mayor, Ali Camara,", "The mayor"),
        ("The lawyer for the minister, Rosa Lima,", "The minister"),
        ("A deputy to the governor, Rosa Lima,", "The governor"),
        ("The Deputy Spokesman for the Secretary-General, Farhan Lima,", "The Secretary-General"),
    ],
)
def test_who_speaks_for_somebody_is_not_that_one(first: str, then: str, reader: Reader) -> None:
    record = reader.read(f"{first} said the bridge was closed. {then} said it would open on Monday.")
    one, other = record.claims[:2]
    assert one.source != other.source
    assert who(record, other) in (then, "Ali Camara")


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Vice President Ana Berg", "The president"),
        ("Deputy governor Ana Berg", "The governor"),
        ("The deputy governor of Gao, Ana Berg,", "The governor"),
        ("Ana Berg, the deputy mayor of Gao,", "The mayor"),
        ("Deputy Defence Minister Ana Berg", "The defence minister"),
        ("Governor Ana Berg", "The deputy governor"),
        ("The deputy governor", "The governor"),
        ("The governor", "The deputy governor"),
    ],
)
def test_who_is_under_somebody_is_not_that_one(first: str, then: str, reader: Reader) -> None:
    record = reader.read(f"{first} said two men had died. {then} said three people had died.")
    one, other = record.claims
    assert one.source != other.source
    assert who(record, other) == then


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Vice President Ana Berg", "The vice president"),
        ("Vice Admiral Ana Berg", "The admiral"),
        ("Deputy Defence Minister Ana Berg", "The minister"),
        ("Deputy governor Ana Berg", "The deputy governor"),
        ("President Ana Berg", "The president"),
    ],
)
def test_who_is_called_by_an_own_office_is_meant(first: str, then: str, reader: Reader) -> None:
    record = reader.read(f"{first} said two men had died. {then} said three people had died.")
    assert [who(record, c) for c in record.claims] == ["Ana Berg"] * 2


def test_a_rank_in_letters_is_a_persons(reader: Reader) -> None:
    record = reader.read("SP Ana Ruiz arrived in Gao. The SP said two men had fled.")
    assert [(s.kind, who(record, record.claims[0])) for s in record.sources] == [("person", "Ana Ruiz")]


def test_an_officer_with_a_rank_in_letters_is_one_source(reader: Reader) -> None:
    text = "The police spokesperson, ASP Grace Bello-Koko, said nine people died. Bello-Koko said three fled."
    record = reader.read(text)
    assert [who(record, c) for c in record.claims] == ["Grace Bello-Koko"] * 2
    assert {s.kind for s in record.sources} == {"person"}


def test_an_office_that_the_network_takes_for_a_place_is_its_holder(reader: Reader) -> None:
    record = reader.read(
        "The Sarpanch of the village, Ram Lal, said it rained. The Sarpanch said it was over."
    )
    assert [who(record, c) for c in record.claims] == ["Ram Lal"] * 2


@pytest.mark.parametrize("denial", ["", "The RSF denied it. "])
@pytest.mark.parametrize("demand", ["must free them", "should immediately stop the attacks"])
def test_who_is_told_what_to_do_does_not_say_so(denial: str, demand: str, reader: Reader) -> None:
    told = "The RSF killed nine people in Darfur, Amnesty International said on Monday. "
    record = reader.read(f"{told}{denial}The RSF {demand}, the organization said.")
    assert who(record, record.claims[-1]) == "Amnesty International"


def test_a_body_says_itself_what_it_must_do_where_no_other_speaks(layers: Make) -> None:
    text = "The union Vida met. Vida must grow, the group said."
    seen = layers(text, [("Vida", "Organization")], [("the group", "said", "Vida must grow")])
    ends = [Range(0, text.index(" met")), Range(text.index("the group"), text.index(" said"))]
    heads = [Range(text.index("Vida"), text.index(" met")), Range(ends[1].start + 4, ends[1].end)]
    chain = tuple(Phrase(at, head) for at, head in zip(ends, heads, strict=True))
    record = read(text, replace(seen, chains=(chain,)))
    assert who(record, record.claims[0]) == "Vida"


def test_a_relative_pronoun_behind_a_name_is_who_bears_it(reader: Reader) -> None:
    text = (
        "A community leader, Mr Davou Bello, who disclosed this to reporters, said nine people were killed."
    )
    record = reader.read(text)
    assert {who(record, c) for c in record.claims} == {"Davou Bello"}
    assert len(record.sources) == 1


def test_that_is_the_body_before_it_and_not_its_leader(reader: Reader) -> None:
    record = reader.read("He met the leader of a political movement that blames the banks for all woes.")
    assert [who(record, c) for c in record.claims] == ["a political movement"]


def test_that_is_what_somebody_is_said_to_be(reader: Reader) -> None:
    record = reader.read("The network is a group that says the dam must go.")
    assert [who(record, c) for c in record.claims] == ["a group"]


def test_a_source_ends_before_a_clause_about_it(reader: Reader) -> None:
    text = "The general who in 1997 admitted that he had killed the priests was arrested on Monday."
    claim = reader.read(text).claims[0]
    assert claim.source_span is not None
    assert claim.source_span.text == "The general"


@pytest.mark.parametrize(
    ("source", "wanted", "sort"),
    [
        ("The president and his defense minister, General Rosa Lima,", None, "group"),
        ("THE PRESIDENT AND HIS DEFENSE MINISTER, GENERAL ROSA LIMA,", None, "group"),
        ("The mayor and her deputy", None, "anonymous"),
        ("Rosa Lima and her lawyer", None, "group"),
        ("The founder and head of the group, Rosa Lima,", "Rosa Lima", "person"),
    ],
)
def test_two_of_whom_the_last_is_named_are_not_that_one(
    source: str, wanted: str | None, sort: str, reader: Reader
) -> None:
    record = reader.read(f"{source} said the troops would leave.")
    claim = record.claims[0]
    source_of = next(s for s in record.sources if s.id == claim.source)
    assert source_of.kind == sort
    assert (source_of.entity is not None) == (wanted is not None)


def test_one_of_two_who_spoke_together_is_another_source(reader: Reader) -> None:
    record = reader.read("The mayor and her deputy said the road was closed. The mayor said she would pay.")
    assert len({c.source for c in record.claims}) == 2


def test_a_surname_in_a_headline_is_the_one_who_bears_it_below(layers: Make) -> None:
    text = "Lima urges calm.\nMayor Rosa Lima left."
    seen = layers(text, [("Rosa Lima", "Person")], [("Lima", "urges", "calm")])
    assert who(read(text, seen), read(text, seen).claims[0]) == "Rosa Lima"
    banks = "Banks urge calm. Rosa Banks sued two banks."
    other = read(banks, layers(banks, [("Rosa Banks", "Person")], [("Banks", "urge", "calm")]))
    assert who(other, other.claims[0]) == "Banks"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("A U.S. official", "Another U.S. official"),
        ("A senior official", "Another official"),
        ("An officer in the unit", "Another officer"),
        ("A witness", "A different witness"),
        ("Residents", "Other residents"),
        ("Some officials", "Some others"),
        ("One survivor", "A second survivor"),
        ("A diplomat", "A further diplomat"),
    ],
)
def test_another_one_is_not_who_spoke_before(first: str, then: str, layers: Make) -> None:
    text = f"{first} said it rained. {then} denied it."
    record = read(text, layers(text, [], [(first, "said", "it rained"), (then, "denied", "it#2")]))
    assert [who(record, c) for c in record.claims] == [first, then]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("One survivor", "One survivor"),
        ("Another official", "Another official"),
        ("A second diplomat", "The second diplomat"),
        ("A third of residents", "a third of residents"),
        ("A witness", "The witness"),
    ],
)
def test_the_same_words_or_a_definite_one_mean_who_spoke_before(first: str, then: str, layers: Make) -> None:
    text = f"{first} said it rained. On Monday {then} denied it."
    seen = layers(
        text, [], [(first, "said", "it rained"), (f"{then}#{1 + (first == then)}", "denied", "it#2")]
    )
    assert len(read(text, seen).sources) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The Interior Ministry rejected the claim. A nurse and a doctor, who spoke anonymously because they feared losing "
            "their jobs, showed the bodies of ten victims.",
            "A nurse and a doctor",
        ),
        (
            "Police said ten men were arrested. Many residents fled because they feared revenge.",
            "Many residents",
        ),
        (
            "The army said it struck the town. Villagers who fled because they feared a new attack came back on Monday.",
            "Villagers",
        ),
        (
            "The ministry said it was calm. Two nurses spoke on condition of anonymity because they feared reprisals.",
            "Two nurses",
        ),
        ("The police said the man was armed because they feared an attack.", "The police"),
        (
            "The court said the law was void. The case is about the removal of thousands of voters because they feared an attack.",
            "voters",
        ),
        ("The police arrived. The police said it was calm. They feared an attack.", "The police"),
        (
            "The rebels said the road was shut. Prices of bread doubled because they feared an attack.",
            "The rebels",
        ),
        (
            "The rebels said the road was shut. Her insults drove them away, though they feared an attack.",
            "The rebels",
        ),
    ],
)
def test_they_are_whom_the_clause_tells_of(text: str, wanted: str, reader: Reader) -> None:
    record = reader.read(text)
    assert who(record, by_cue(record, "feared")) == wanted


@pytest.mark.parametrize(
    "source",
    [
        "Serbia's president",
        "Kenya's president",
        "Georgia's president",
        "The Turkish president",
        "Chad's army chief",
    ],
)
@pytest.mark.parametrize("rest", ["vowed to veto the law", "said he had vetoed the law on Monday"])
def test_an_unnamed_office_is_no_body(source: str, rest: str, reader: Reader) -> None:
    record = reader.read(f"{source} {rest}.")
    assert {kind(record, c) for c in record.claims} == {"anonymous"}
    assert not any(e.name == source for e in record.entities)


@pytest.mark.parametrize(
    ("text", "cue", "whom"),
    [
        ("Ana Ruiz took calls from young listeners to her radio program who said they had doubts.", "said", "young listeners"),
        ("Shops are a target of an escalating backlash by Kestrel nationalists who call them greedy.", "call", "Kestrel nationalists"),
        ("Ana Ruiz spoke in Kor. Many port workers have gone on strike to protest what they termed poor pay of guards.", "termed", "Many port workers"),
    ],
)  # fmt: skip
def test_people_are_meant_by_who_and_they_and_no_things(
    text: str, cue: str, whom: str, reader: Reader
) -> None:
    record = reader.read(text)
    assert who(record, by_cue(record, cue)) == whom


def test_those_who_say_something_are_nobody_named(layers: Make) -> None:
    text = "Ted Cross said it rained. Ted Cross left. Those who believe Ted Cross lied went home."
    said = [("Ted Cross", "said", "it rained"), ("Those", "believe", "Ted Cross lied")]
    with_names = layers(text, [("Ted Cross", "Person")], said)
    document = document_of(text, published=date(2031, 3, 7), headline_first=False)
    record = assemble(document, with_names, (), ReadingTables.load())
    assert [who(record, c) for c in record.claims] == ["Ted Cross", "Those"]


def test_this_is_nobody_who_spoke(reader: Reader) -> None:
    asked, shown = reader.read(
        "The police asked Kor Labs to look at the phones. This revealed that two had been hacked."
    ).claims
    assert shown.source != asked.source


def test_they_are_the_two_named_right_before(reader: Reader) -> None:
    record = reader.read(
        "Karl Berg and Anton Lund have used the rally for their own ends. They said the mayor was weak."
    )
    assert [s.description for s in record.sources] == ["Karl Berg and Anton Lund"]


@pytest.mark.parametrize(
    ("between", "wanted"),
    [("\n\nThree men ran off. Later, they were held by guards and", "they"), (" On Monday", "Harbour Board")],
)
def test_those_who_confess_are_no_body_heard_long_before(between: str, wanted: str, reader: Reader) -> None:
    record = reader.read(f"The Harbour Board said the quay was shut.{between} they confessed to the theft.")
    assert who(record, by_cue(record, "confessed to")) == wanted


@pytest.mark.parametrize(
    ("text", "cue", "wanted"),
    [
        (
            "The Ada Foundation declined to comment. “We like our work,” the group said.",
            "said",
            "Ada Foundation",
        ),
        (
            "Ana Ruiz spoke for a group called Free Lakes. “We feel robbed,” said Laurie Berg, the founder of a group called Occupy Kyoto. "
            "Her group warned against a website.",
            "warned against",
            "Occupy Kyoto",
        ),
        (
            "A group said it rained. “We feel robbed,” said Laurie Berg. Her group warned against a website.",
            "warned against",
            "Her group",
        ),
    ],
)
def test_a_group_is_the_body_that_spoke_or_to_which_who_spoke_belongs(
    text: str, cue: str, wanted: str, reader: Reader
) -> None:
    record = reader.read(text)
    assert who(record, by_cue(record, cue)) == wanted


def test_kin_of_somebody_untold_may_be_named(reader: Reader) -> None:
    text = (
        "Port Widow Dora Wood Accuses the Mayor of Lying.\n\nThe surviving spouse of a sailor accused the mayor of lying on Sunday.\n\n"
        "Dora Wood, whose husband, the sailor Ty Wood, drowned in May, spoke on the radio."
    )
    record = reader.read(text)
    assert who(record, by_cue(record, "accused")) == "Dora Wood"
