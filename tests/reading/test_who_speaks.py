"""Whom pronouns, relatives and loose nouns mean as sources, in texts that the network reads. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.entities import Found
from accordingto.reading.governing import NOTHING
from accordingto.reading.pronouns import gender_fits, quoted, sex_told
from accordingto.reading.reader import Reader
from accordingto.reading.sourcekinds import head_end
from accordingto.record import EntityKind, Record, SourceKind


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def said_by(record: Record, source: str) -> tuple[str | None, SourceKind]:
    """Who the last mention of a source means, and of which kind."""
    claim = next(c for c in reversed(record.claims) if c.source_span and c.source_span.text == source)
    found = next(s for s in record.sources if s.id == claim.source)
    return next((e.name for e in record.entities if e.id == found.entity), found.description), found.kind


@pytest.mark.parametrize(
    ("name", "titles", "said", "sex"),
    [
        ("Maria Obi", "", "chairman of the port", "female"),
        ("Jorge Almazan", "", "", "male"),
        ("Jorge Almazan", "Ms", "", "female"),
        ("Anne-Laure Petit", "", "", "female"),
        ("Kim Andrea", "", "", None),
        ("Victoria", "", "", None),
        ("Sasha Lund", "", "the German envoy", None),
        ("Sasha Lund", "", "a policewoman", "female"),
    ],
)  # fmt: skip
def test_names_and_titles_tell_whom_he_or_she_can_mean(
    name: str, titles: str, said: str, sex: str | None
) -> None:
    assert sex_told(name, titles, said) == sex
    entity = Found(EntityKind.PERSON, name, [], titles=[titles], description=said)
    assert gender_fits("she", entity) is (sex != "male")
    assert gender_fits("he", entity) is (sex != "female")


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("A Ministry of Health official", "A Ministry of Health official"),
        ("An Ontario Court of Appeal justice", "An Ontario Court of Appeal justice"),
        ("The Bank of Norway deputy governor", "The Bank of Norway deputy governor"),
        ("The Governor of Lagos state", "The Governor"),
        ("The Ministry of Health", "The Ministry"),
        ("a member of parliament", "a member"),
        ("the Port of Lorca centre", "the Port"),
    ],
)
def test_who_belongs_to_a_body_named_with_of_is_the_head(body: str, head: str) -> None:
    assert body[: head_end(body)] == head


@pytest.mark.parametrize(
    ("text", "source", "means"),
    [
        # the subject of its own clause
        ("The Harbour Board complained, the court in Lorca said. The Ministry of Fisheries then filed a review as it believed that the fine was too small.", "it", "Ministry of Fisheries"),
        ("Sylvia Marsh watched the quay. The health ministry in Gaza named one of the wounded as Karim Odeh, a baker, who it said had been hit on a roof.", "it", "The health ministry in Gaza"),
        ("The army said it shelled Lorca. The harbour is shut, it said.", "it", "The army"),
        # a woman's or a man's name
        ("Guard Ellen Brock was shot in Lorca on Monday. Prosecutor Jorge Almazan charged two men. “The men shot the guard and ran off,” she added.", "she", "Ellen Brock"),
        ("Guard Ellen Brock was shot in Lorca on Monday. Prosecutor Jorge Almazan charged two men. “The men shot the guard and ran off,” he added.", "he", "Jorge Almazan"),
        # a man's or woman's name that is their only one, and may be a surname
        ("Dania, 41, fled Lorca. Rafael, a baker, stayed there. “My husband is ill,” she explained.", "she", "Dania"),
        ("Dania, 41, fled Lorca. Rafael, a baker, stayed there. “My wife is ill,” he explained.", "he", "Rafael"),
        # a woman's name alone in a text that tells of nobody else, or of a man
        ("Carla Mendes, a clerk, fled Lorca. Mendes said that he had lost his home. “We need bread,” he said.", "he", "Carla Mendes"),
        ("Carla Mendes, a clerk, fled Lorca with a man. “We need bread,” he said.", "he", "he"),
        # named beside it in a clause without a subject
        ("Luis Prado, the mayor, was late. Karl Berg came with him to Lorca. Prado was ill. After seeing Prado, he said the port would be shut.", "he", "Karl Berg"),
        ("Luis Prado, the mayor, was late. After seeing the port, he said it would be shut.", "he", "Luis Prado"),
        # nouns for no person
        ("My father died of brain cancer, which confirmed what I feared. My mother is old, but she still says that the war was good.", "she", "she"),
        ("A nurse said the water was bad. She said that she left.", "She", "A nurse"),
        # named in what is said
        ("Reporter Karl Berg opened the meeting. Mayor Tomas Vega welcomed the guests. “In Lorca, Luis Prado is accused of theft,” he also added.", "he", "Tomas Vega"),
        # the sentence before
        ("The harbour is unsafe, the union said on Monday. Three gunmen ran through the market. They threatened to burn the harbour.", "They", "Three gunmen"),
        ("Prices rose in Lorca, the union said on Monday. Three markets were shut. They threatened to strike.", "They", "the union"),
        # relatives
        ("The elders met on Monday. Fishermen thanked harbour elder Bunna Wirra who said that the quay had to be mended.", "who", "Bunna Wirra"),
        ("The official who met the press was Dionis Prado, a clerk with the AGUASUR monopoly, who told reporters that the mills stood still.", "who", "Dionis Prado"),
        ("The bill angered members of the Freedonian government, which has denied that it took part in the attack.", "which", "the Freedonian government"),
        ("Judge Karl Berg married the pilot Claudia Obi on April 30, who said on the radio that two men came by boat.", "who", "Claudia Obi"),
        ("The wife of Karl Berg, who said that he was ill, left the court.", "who", "The wife"),
        # looser nouns
        ("The Lorca plant is safe, said Rosa Lima, a member of parliament. She visited it on Monday. The MP urged calm.", "The MP", "Rosa Lima"),
        ("Lindsey Marlow, a Republican senator, said on Monday that the bill was bad. The South Carolina senator urged the governor to reject it.", "The South Carolina senator", "Lindsey Marlow"),
        ("A lawmaker, who was not named, urged calm. Rosa Lima, a member of parliament, said it was late. The lawmaker left, saying that she was ill.", "A lawmaker", "A lawmaker"),
        ("The bill was bad, a senior official said. Transport Minister Ana Ruiz said it was good. The official said it would be changed.", "The official", "a senior official"),
        # names in capitals
        ("The WHO warned on Monday that the water was bad. WHO said that it would send a team.", "WHO", "WHO"),
        ("Leader of CAM Hector Llano met the press. The CAM said that it was sorry.", "The CAM", "CAM"),
        # of whom it is said what they should do
        ("“He is a liar,” Karl Berg said. Luis Prado must resign, he said.", "he", "Karl Berg"),
        ("The Bank of England governor Ana Ruiz urged calm.", "The Bank of England governor Ana Ruiz", "Ana Ruiz"),
        ("Former secretary of state Helen Clint praised the mayor. “We met,” said former secretary of state Helen Clint, who ran in May.", "former secretary of state Helen Clint", "Helen Clint"),
        # one without a name who spoke last
        ("Adel Nefzi said the market was open. A shopkeeper from the old town said gunmen had come at noon. “They took everything,” the man said. “I ran,” he added.", "the man", "A shopkeeper from the old town"),
        ("Adel Nefzi said the market was open. A shopkeeper from the old town said gunmen had come at noon. “They took everything,” the man said. “I ran,” he added.", "he", "A shopkeeper from the old town"),
        ("Adel Nefzi said the market was open. A Hazara who fled Bamar said the guards had shot his brother. “They came at night,” the man said.", "the man", "A Hazara who fled Bamar"),
        ("Carla Fiori said on Monday the plan was a mistake. But the former CEO of Halden Steel added that she would vote for it.", "the former CEO of Halden Steel", "Carla Fiori"),
        # not who speaks in another's words
        ("The vendors complained that the authorities had called for the market to close. According to them, no one was warned.", "them", "The vendors"),
        ("The report states that the councils warned the mayor. The port is old. It says the quay may sink.", "It", "The report"),
        ("The ministry said Orlow was safe. The Lorca Port Union disagrees. It maintains that the quay may sink.", "It", "Lorca Port Union"),
        # no one whom other words tell of
        ("Most Democrats said the bill would fail. Only two Democrats said they would vote for it.", "Only two Democrats", "Only two Democrats"),
        ("Jeronimo Ruiz, leader of the market union, said the stalls were open. The leader of an organization in Bamar said the road was shut.", "The leader of an organization in Bamar", "The leader of an organization in Bamar"),
    ],
)  # fmt: skip
def test_whom_a_source_means(text: str, source: str, means: str | None, reader: Reader) -> None:
    assert said_by(reader.read(text), source)[0] == means


def test_who_speaks_a_quotation_is_nobody_of_whom_it_speaks(reader: Reader) -> None:
    text = (
        "Police spokesperson Ana Ruiz said on Monday: “She attacked the women and threatened to kill them.”"
    )
    assert said_by(reader.read(text), "She") == ("She", SourceKind.ANONYMOUS)
    indirect = "Police spokesperson Ana Ruiz said on Monday that she feared that the men would come back."
    assert said_by(reader.read(indirect), "she")[0] == "Ana Ruiz"


def test_who_is_spoken_of_in_words_without_marks_of_their_own_may_speak_them(reader: Reader) -> None:
    text = (
        "Lina Adler said in answer to the charge: “That is a lie. I signed no contract that had not been cleared and "
        "ordered by the mayor of that year, Daniel Benet, and he did not ask such a thing. It is wrong.”"
    )
    assert said_by(reader.read(text), "he")[0] == "Daniel Benet"


def test_somebody_named_and_others_are_a_group(reader: Reader) -> None:
    text = "Analyst Jorge Almazan and other military experts said the army would win in Sudan."
    source = "Analyst Jorge Almazan and other military experts"
    assert said_by(reader.read(text), source) == (source, SourceKind.GROUP)
    unnamed = "The mayor and other officials said the army would win in Sudan."
    assert said_by(reader.read(unnamed), "The mayor and other officials")[1] is SourceKind.ANONYMOUS


def test_an_account_is_a_document(reader: Reader) -> None:
    text = "Rosa Lima wrote of her time in Beira. According to her account, the port was shut."
    assert said_by(reader.read(text), "her account")[1] is SourceKind.DOCUMENT


@pytest.mark.parametrize(
    ("text", "place", "inside"),
    [
        ("“We stay“ he said", "he", False),
        ("“What now?“ he said", "he", False),
        ("He said “so “called” peace he", "peace", False),
        ("Berg: ”We stay, he", "he", True),
        ("”We stay, he", "he", True),
        ("“We stay,” he", "he", False),
        ("It was (“We stay, he", "he", True),
    ],
)
def test_a_mark_typed_the_wrong_way_round_opens_or_closes_by_its_place(
    text: str, place: str, inside: bool
) -> None:
    assert quoted(text, text.rindex(place)) is inside


@pytest.mark.parametrize(
    ("said", "nothing"),
    [
        (" was decided that", True),
        (" was also pointed out that", True),
        (" goes without saying that", True),
        (" was decided", False),
        (" said that", False),
    ],
)
def test_it_may_stand_for_what_follows(said: str, nothing: bool) -> None:
    assert (NOTHING.match(said) is not None) is nothing


def test_somebody_of_a_body_is_a_person(reader: Reader) -> None:
    text = "A Ministry of Health official said that the water was bad. A Lake Court of Appeal justice ruled that the fine was too small."
    record = reader.read(text)
    assert {s.kind for s in record.sources} == {SourceKind.ANONYMOUS}


@pytest.mark.parametrize(
    ("text", "source", "who"),
    [
        ("The minister (a former teacher) said the dam was safe.", "The minister", "The minister"),
        ("The minister — a former teacher — said the dam was safe.", "The minister", "The minister"),
        ("A man, identified as Omar Ali, said the bridge was gone.", "A man", "Omar Ali"),
        (
            "A police officer, surnamed Orlow, told reporters that the driver had fled.",
            "A police officer",
            "Orlow",
        ),
        (
            "The National Union of Miners (NUM) said the pit was closed.",
            "The National Union of Miners (NUM)",
            "National Union of Miners",
        ),
    ],
)
def test_an_apposition_in_brackets_or_behind_a_dash_is_no_part_of_a_source(
    text: str, source: str, who: str, reader: Reader
) -> None:
    record = reader.read(text)
    names = {e.id: e.name for e in record.entities}
    by = {s.id: names.get(s.entity or "") or s.description for s in record.sources}
    (claim,) = record.claims
    assert claim.source_span is not None
    assert (claim.source_span.text, by[claim.source]) == (source, who)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Omar Haddad and Lina Khoury said the dam was safe.", "Omar Haddad and Lina Khoury"),
        (
            "Former Gov. Karl Berg and former Secretary Helen Clint called for a pause.",
            "Former Gov. Karl Berg and former Secretary Helen Clint",
        ),
        (
            "The witnesses -- Ana Ruiz, Petro Lys and Karl Berg -- said the shooting began at noon.",
            "The witnesses -- Ana Ruiz, Petro Lys and Karl Berg",
        ),
        (
            "Two doctors, Ana Soto and Luis Mora, said four people died.",
            "Two doctors, Ana Soto and Luis Mora",
        ),
        ("Critics such as Ali Omar said the law was unjust.", "Critics such as Ali Omar"),
        ("Candidates like Ana Ruiz said the law was unjust.", "Candidates like Ana Ruiz"),
        ("Ana Ruiz and Karl Berg came. Both said the road was shut.", "Both"),
    ],
)
def test_people_together_are_a_group(text: str, source: str, reader: Reader) -> None:
    record = reader.read(text)
    assert said_by(record, source) == (source, SourceKind.GROUP)
    assert all(e.name != source for e in record.entities)


@pytest.mark.parametrize("source", ["The Vida CEO", "The ANC nominee", "The Republican front-runner"])
def test_somebody_told_of_by_a_body_is_no_body(source: str, reader: Reader) -> None:
    assert said_by(reader.read(f"{source} said the plant would close."), source)[1] is SourceKind.ANONYMOUS


def test_a_law_that_speaks_is_a_document(reader: Reader) -> None:
    text = "The Baffin Lake Treaty says that the river is shared. According to the Baffin Lake Treaty, it belongs to all."
    source = "the Baffin Lake Treaty"
    assert said_by(reader.read(text), source) == ("Baffin Lake Treaty", SourceKind.DOCUMENT)
