"""Which attributions are claims, and what of their contents belongs to them. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.acts import row_of
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables

BODY = "\n\nKUTUM, Sudan, 5 March — The market was hit on Monday, residents said."


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Army Denies Strike as Death Toll in Kutum Rises to 17", "Strike"),
        ("Mayor warns of more floods as 12 die in Uvira", "more floods"),
        ("Rebels Blame Government as 40 Flee Gao", "Government"),
        ("Minister Rejects Inquiry as Bombing Kills 9 in Kandahar", "Inquiry"),
        ("UN urges truce after strike kills 14 in Kutum", "truce"),
        ("Army denies strike while toll reaches 17", "strike"),
        ("Police say 12 died as bus overturned", "12 died as bus overturned"),
        ("UN condemns killing of medics as they fled Kutum", "killing of medics as they fled Kutum"),
        ("Mayor says he fled after gunmen stormed town", "he fled after gunmen stormed town"),
    ],
)
def test_what_happened_meanwhile_is_said_by_nobody(headline: str, said: str, reader: Reader) -> None:
    record = reader.read(headline + BODY)
    (claim,) = [c for c in record.claims if c.start < len(headline)]
    assert [x.text for x in claim.content] == [said]
    killed = [f for f in record.figures if f.span.end <= len(headline) and f.measure == "killed"]
    assert all(bool(f.claims) is (f.span.end <= claim.content[0].end) for f in killed)


def test_in_prose_what_is_said_goes_on(reader: Reader) -> None:
    text = "Six die in Kutum\n\nThe army denied a strike as the death toll rose to 17, the mayor said."
    assert any("17" in x.text for c in reader.read(text).claims for x in c.content)


@pytest.mark.parametrize("word", ["If", "Unless"])
def test_what_may_yet_be_found_is_no_claim(word: str, reader: Reader) -> None:
    record = reader.read(
        f"{word} the court finds that the army shelled the market, the minister will resign."
    )
    assert record.claims == ()


def test_what_somebody_supposes_is_a_claim_inside_of_theirs(reader: Reader) -> None:
    text = "The mayor said on Monday that if Chad thinks that smugglers use the old bridge, it should call him first."
    assert [c.cue.text for c in reader.read(text).claims if c.parent and c.cue] == ["thinks"]


@pytest.mark.parametrize(
    "cue",
    [
        "has yet to receive an explanation as to",
        "was never given a reason",
        "is still waiting for an answer as to",
    ],
)
def test_who_waits_for_an_answer_claims_nothing(cue: str, reader: Reader) -> None:
    assert reader.read(f"The family {cue} why the soldiers fired at the car.").claims == ()


@pytest.mark.parametrize(
    "words", ["a request for comment", "requests for comment", "a request for an interview"]
)
def test_a_request_for_comment_that_goes_unanswered_is_nobodys_claim(words: str, reader: Reader) -> None:
    record = reader.read(f"The bank was shut on Monday. The ministry did not respond to {words}.")
    assert [c.act for c in record.claims] == ["silent"]


@pytest.mark.parametrize(
    "text",
    [
        "Contrary to what the army claimed, no herders were killed in the raid on Kutum.",
        "Unlike what the minister said, the bridge was not closed on Monday.",
        "Despite what the governor says, the hospital had run out of oxygen.",
        "Contrary to what Facebook posts claim, the photo was taken in 2014.",
        "Contrary to claims by the ministry, there were civilians among the dead.",
        "Contrary to the ministry’s claims, there were civilians among the dead.",
        "There were civilians among the dead, contrary to what the army claimed on Monday.",
        "Despite denials by the ministry, the trucks were delivered.",
    ],
)
def test_what_gainsays_somebody_is_not_theirs(text: str, reader: Reader) -> None:
    assert reader.read(text).claims == ()


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("Despite denials by the ministry,", "the ministry"),
        ("Despite repeated denials from the Foreign Ministry,", "the Foreign Ministry"),
        ("Despite the army’s denial,", "the army’s"),
        ("In spite of the mayor's repeated denials,", "the mayor's"),
    ],
)
def test_who_denies_what_others_say_in_spite_of_it_denies_it(opening: str, who: str, reader: Reader) -> None:
    record = reader.read(f"{opening} residents said the bridge in Kutum was bombed on Monday.")
    (denial,) = [c for c in record.claims if c.act == "deny"]
    assert denial.source_span is not None
    assert denial.source_span.text == who
    assert [c.text for c in denial.content] == ["the bridge in Kutum was bombed on Monday"]
    (other,) = [c for c in record.claims if c is not denial]
    assert other.source_span is not None
    assert (other.source_span.text, other.content, other.parent) == ("residents", denial.content, None)


def test_what_others_ask_for_in_spite_of_a_denial_is_not_denied(reader: Reader) -> None:
    record = reader.read("Despite denials by the ministry, the UN called for an inquiry into the raid.")
    assert [c.act for c in record.claims] == ["request"]


def test_a_denial_that_tells_what_it_denies_denies_no_more(reader: Reader) -> None:
    text = "Despite denials by the ministry that it sold the oil, the trucks were seen in Kutum."
    assert [[x.text for x in c.content] for c in reader.read(text).claims] == [["that it sold the oil"]]


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        (
            "Contrary to what the army said, residents said that no herders were killed.",
            "residents",
            "that no herders were killed",
        ),
        (
            "Despite the army’s claim that it killed forty herders, only three bodies were found.",
            "the army’s",
            "that it killed forty herders",
        ),
        (
            "Despite a truce, the army said that rebels shelled Kutum.",
            "the army",
            "that rebels shelled Kutum",
        ),
        ("Despite what happened, the army said that Kutum was calm.", "the army", "that Kutum was calm"),
    ],
)
def test_what_is_said_in_spite_of_something_is_theirs(text: str, who: str, said: str, reader: Reader) -> None:
    (claim,) = reader.read(text).claims
    assert (claim.source_span and claim.source_span.text) == who
    assert [c.text for c in claim.content] == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Does the governor blame the herders?",
        "Does the army admit that it killed nine villagers in Kutum?",
        "Has the president promised an inquiry?",
        "Why did the army deny that it killed nine villagers?",
        "What did the minister say about the raid?",
        "Who claims that the army shelled the market?",
        "Which minister claimed that the dam was safe?",
        "How many people does the ministry say were killed?",
        "Is the army expected to withdraw from Kutum?",
    ],
)
def test_a_question_claims_nothing(text: str, reader: Reader) -> None:
    assert reader.read(text).claims == ()


def test_who_asks_asks_and_whom_a_question_is_about_says_nothing(reader: Reader) -> None:
    (claim,) = reader.read("“Does the governor blame the herders?” the mayor asked.").claims
    assert (claim.act, claim.source_span and claim.source_span.text) == ("ask", "the mayor")


def test_a_relative_clause_in_a_question_is_none(reader: Reader) -> None:
    record = reader.read("The ministry, which says the vote was rigged, asked: who counted the votes?")
    assert [(c.cue and c.cue.text) for c in record.claims] == ["asked", "says"]


def test_what_is_said_before_a_question_stands(reader: Reader) -> None:
    (claim,) = reader.read("The army said that rebels attacked Kutum. Who is to blame?").claims
    assert [c.text for c in claim.content] == ["that rebels attacked Kutum"]


def test_what_another_sentence_says_is_not_theirs(reader: Reader) -> None:
    record = reader.read(
        "It was gathered that soldiers had been withdrawn. The Kutum Post reported that nine houses were burnt."
    )
    told = [(c.source_span and c.source_span.text, [x.text for x in c.content]) for c in record.claims]
    assert told == [
        (None, ["that soldiers had been withdrawn"]),
        ("The Kutum Post", ["that nine houses were burnt"]),
    ]


def test_a_quotation_goes_on_in_another_sentence(reader: Reader) -> None:
    (claim,) = reader.read("“We were not there,” Colonel Sow said. “We did not fire.”").claims
    assert len(claim.content) == 2


def test_what_goes_on_with_somebodys_own_words_is_theirs(reader: Reader) -> None:
    text = '"The driver was not ill, but he was tired and angry," Osman remarked. And a report on him "indicated he may do it again."'
    (claim,) = [c for c in reader.read(text).claims if c.parent is None]
    assert len(claim.content) == 2


def test_a_house_tells_what_it_learned(reader: Reader) -> None:
    (claim,) = reader.read("Our correspondent gathered that nine houses were burnt.").claims
    assert claim.source_span is not None
    assert claim.source_span.text == "Our correspondent"


@pytest.mark.parametrize(
    "text",
    [
        "The pilot did not see the drone.",
        "The man did not answer the door.",
        "The children did not respond to the vaccine.",
        "The army did not reply to the fire.",
        "The hospital did not admit the wounded.",
        "The university did not admit women.",
        "Rebels trashed the governor’s office on Monday.",
    ],
)
def test_what_is_done_without_words_claims_nothing(text: str, reader: Reader) -> None:
    assert reader.read(text).claims == ()


@pytest.mark.parametrize(
    "said",
    ["three women had died in the camp", "two journalists were held", "casualties", "nine students died"],
)
def test_what_happened_to_people_is_admitted_in_words(said: str, reader: Reader) -> None:
    (claim,) = reader.read(f"The army admitted {said}.").claims
    assert (claim.act, [c.text for c in claim.content]) == ("confirm", [said])


def test_why_somebody_declines_is_part_of_what_they_say(reader: Reader) -> None:
    text = "Karl Berg said he cannot comment on the audit because he has not seen it."
    assert [c.act for c in reader.read(text).claims] == ["decline"]


@pytest.mark.parametrize(
    ("silence", "word"),
    [("has not commented", "commented"), ("did not comment", "comment"), ("has not responded", "responded")],
)
@pytest.mark.parametrize("joint", ["but", "while"])
def test_what_others_say_is_not_what_was_left_unsaid(
    silence: str, word: str, joint: str, reader: Reader
) -> None:
    record = reader.read(f"The ministry {silence}, {joint} the governor said two people were killed.")
    told = [(c.act, [x.text for x in c.content], c.parent) for c in record.claims]
    assert told == [("silent", [word], None), ("assert", ["two people were killed"], None)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The army has ordered round after round of civilian evacuations in Gaza.",
            "round after round of civilian evacuations",
        ),
        ("The minister has ordered wave after wave of arrests in Homs.", "wave after wave of arrests"),
    ],
)
def test_what_comes_again_and_again_is_one_content(text: str, content: str, reader: Reader) -> None:
    assert [x.text for c in reader.read(text).claims for x in c.content] == [content]


@pytest.mark.parametrize(
    "deed",
    [
        "launched a missile at a car in Tyre",
        "launched a drone attack on Odesa",
        "launched an offensive in Ituri",
    ],
)
def test_what_is_launched_at_somebody_is_not_said(deed: str, reader: Reader) -> None:
    record = reader.read(f"Freedonia {deed} on Monday, local media reported.")
    assert [c.cue and c.cue.text for c in record.claims] == ["reported"]


def test_who_launches_an_appeal_asks_for_it(reader: Reader) -> None:
    [claim] = reader.read("The United Nations launched an appeal for $40m for the people of Sudan.").claims
    assert claim.act == "request"


@pytest.mark.parametrize(
    "text",
    [
        "The envoy expressed his concern about the fighting in Bor.",
        "The minister voiced his deep fear of new fighting in Bor.",
    ],
)
def test_a_feeling_that_is_expressed_is_one_claim(text: str, reader: Reader) -> None:
    assert len(reader.read(text).claims) == 1


@pytest.mark.parametrize(
    ("text", "cue", "act"),
    [
        ("The minister reiterated his commitment to the talks in Bor.", "commitment to", "promise"),
        ("The ministry has reiterated its commitment to work with the city of Bor.", "commitment", "promise"),
        ("The ministry voiced its refusal to reopen the bridge in Bor.", "refusal", "refuse"),
    ],
)
def test_what_somebody_promises_or_refuses_stands_in_what_they_express(
    text: str, cue: str, act: str, reader: Reader
) -> None:
    outer, inner = reader.read(text).claims
    assert inner.cue is not None
    assert (outer.act.value, inner.parent) == ("assert", outer.id)
    assert (inner.cue.text, inner.act.value, inner.source) == (cue, act, outer.source)


def test_who_promises_to_refuse_promises(reader: Reader) -> None:
    outer = reader.read("The minister promised that he would refuse to reopen the bridge in Bor.").claims[0]
    assert outer.act == "promise"


def test_what_somebody_says_of_their_own_plan_stands_inside(reader: Reader) -> None:
    record = reader.read("The mayor said their current plan was to open the bridge in Bor.")
    assert [c.act.value for c in record.claims] == ["assert", "promise"]


@pytest.mark.parametrize(
    "text",
    [
        "When he refused, one truck sped away from the post near Kano.",
        "Police arrested ten students for gathering in Zaria to oppose the new tax.",
    ],
)
def test_a_main_clause_and_a_purpose_are_no_contents(text: str, reader: Reader) -> None:
    assert reader.read(text).claims == ()


def test_as_somebody_says_it_is_so(reader: Reader) -> None:
    (claim,) = reader.read("As the mayor said, the truce held until Monday.").claims
    assert claim.content[0].text == "the truce held until Monday"


@pytest.mark.parametrize(
    "text",
    [
        "The protesters chanted solidarity songs on the bridge in Bor.",
        "Crowds carried banners stating their demands.",
        "His votes are not in line with what he says as a mayor.",
    ],
)
def test_songs_and_nouns_without_content_are_no_claims(text: str, reader: Reader) -> None:
    assert reader.read(text).claims == ()


@pytest.mark.parametrize(
    ("text", "cue", "act"),
    [
        ("The envoy said his country was willing to open the border at Bor.", "willing", "promise"),
        ("The minister linked the raid on Kutum to a feud over cattle.", "linked", "opine"),
    ],
)
def test_willingness_and_what_somebody_links_are_claims(
    text: str, cue: str, act: str, reader: Reader
) -> None:
    assert (cue, act) in [(c.cue.text, c.act) for c in reader.read(text).claims if c.cue]


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("Officials are keen to avoid a war with Sylvania.", "Officials", "to avoid a war with Sylvania"),
        ("The governor was eager to end the strike.", "The governor", "to end the strike"),
        (
            "Mayor Ana Ruiz apologized for the handling of the fire.",
            "Mayor Ana Ruiz",
            "for the handling of the fire",
        ),
        ("The ministry remained mum on the arrests.", "The ministry", "the arrests"),
        (
            "Union leaders were upset he had never visited the mine.",
            "Union leaders",
            "he had never visited the mine",
        ),
    ],
)
def test_words_of_feeling_and_reluctance_tell(text: str, source: str, said: str, reader: Reader) -> None:
    (claim,) = reader.read(text).claims
    assert claim.source_span is not None
    assert claim.source_span.text == source
    assert said.endswith(claim.content[-1].text)


@pytest.mark.parametrize(
    ("cue", "found"),
    [("for", "for"), ("took heat for", None), ("called for", "call for"), ("made the case for", "case for")],
)
def test_a_mere_for_is_no_part_of_another_cue(cue: str, found: str | None) -> None:
    row = row_of(cue, ReadingTables.load())
    assert (row and row.cue) == found
