from __future__ import annotations

import random

import msgspec
import pytest
from tests.ledger.builder import Story

from accordingto.ledger import lists
from accordingto.ledger.browsing import Wanted
from accordingto.ledger.commitments import commitments, parted, spoken
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import Filter
from accordingto.ledger.outcomes import deeds
from accordingto.ledger.session import open_ledger
from accordingto.ledger.speakers import Speakers
from accordingto.record import Mention, MentionForm, Participant, Role, SaidOn
from accordingto.web.grouppages import commitment_rows


def warning(day: str, text: str, content: str) -> Story:
    s = Story(text, published=day)
    s.entity("Aland")
    s.claim("The Six", "warned", content, act="warn")
    return s


MARCH = warning(
    "2031-03-10",
    "The Six warned Aland that they would impose coordinated sanctions if it sent missiles.",
    "they would impose coordinated sanctions if it sent missiles",
)
JULY = warning(
    "2031-07-02",
    "The Six warned Aland again of coordinated sanctions.",
    "of coordinated sanctions",
)


def found(*stories: Story):  # type: ignore[no-untyped-def]
    rows, acts = [], []
    for s in stories:
        record = s.record()
        speakers = Speakers(record)
        rows += spoken(record, s.raw.name, speakers)
        acts += deeds(record, s.raw.name, speakers)
    return commitments(rows, acts)


def test_a_warning_repeated_is_one() -> None:
    [one] = found(MARCH, JULY)
    assert (one.kind, one.speaker, one.addressee, one.outcome) == ("warning", "The Six", "Aland", "open")
    assert one.what == "they would impose coordinated sanctions"
    assert one.condition == "if it sent missiles"
    assert [o.date for o in one.occasions] == ["2031-03-10", "2031-07-02"]


def test_order_makes_no_difference() -> None:
    stories = [MARCH, JULY, warning("2031-05-01", "The Six warned Aland of a flood.", "of a flood")]
    expected = found(*stories)
    assert len(expected) == 2
    for seed in range(10):
        mixed = stories[:]
        random.Random(seed).shuffle(mixed)
        assert found(*mixed) == expected


@pytest.mark.parametrize(
    ("who", "cue", "content", "act", "listed"),
    [
        ("A medic", "asked", "not to be named for fear of reprisal", "request", False),
        ("Mediators", "asked", "not to be identified because the talks are secret", "request", False),
        ("Mediators", "requested", "anonymity", "request", False),
        ("A clerk", "asked", "that her full name not be used", "request", False),
        ("An officer", "declined", "to be named", "refuse", False),
        ("A medic", "asked", "that his name be withheld for fear of arrest", "request", False),
        ("A medic", "asked", "that her identity not be revealed", "request", False),
        ("The court", "asked", "that the names of the dead be withheld", "request", True),
        ("The families", "asked", "that the dead not be named", "request", True),
        ("The mayor", "asked", "for water", "request", True),
    ],
)
def test_who_asks_not_to_be_named_commits_nobody(
    who: str, cue: str, content: str, act: str, listed: bool
) -> None:
    s = Story(f"{who} {cue} {content}.")
    s.claim(who, cue, content, act=act)
    assert bool(found(s)) == listed


@pytest.mark.parametrize(
    ("who", "cue", "content", "act", "listed"),
    [
        ("The ministry", "requests for", "comment", "request", False),
        ("The Post", "asked", "for an interview", "request", False),
        ("The mayor", "a warning", "it made on March 3", "warn", False),
        ("The mayor", "a pledge", "that the town had given in May", "promise", False),
        ("The mayor", "a pledge", "to rebuild the bridge it gave up", "promise", True),
        ("The mayor", "promised", "that", "promise", False),
        ("It", "promised", "to rebuild the bridge", "promise", False),
        ("They", "demanded", "water", "request", False),
    ],
)
def test_what_binds_nobody_is_no_commitment(who: str, cue: str, content: str, act: str, listed: bool) -> None:
    s = Story(f"{who}, in June: {cue} {content}.")
    s.claim(who, cue, content, act=act)
    assert bool(found(s)) == listed


def test_nobody_who_is_not_told_commits() -> None:
    s = Story("The villagers were warned to leave the town.")
    s.claim("The villagers", "warned", "to leave the town", act="warn")
    s.parts["S"] = [msgspec.structs.replace(x, entity=None, named=False) for x in s.parts["S"]]
    assert found(s) == []


def test_who_is_warned_and_not_who_gets_what_the_warning_is_about() -> None:
    s = Story("The Six warned Aland on Monday that they would act if Marda sent shells to Belmar.")
    claim = s.claim("The Six", "warned", "that they would act if Marda sent shells to Belmar", act="warn")
    s.entity("Aland")
    s.event("arms_transfer", "sent", actor="Marda", factuality="conditional", claims=(claim,))
    gets(s, "Belmar")
    assert [c.addressee for c in found(s)] == ["Aland"]


@pytest.mark.parametrize(
    ("content", "event", "recipient", "addressee"),
    [
        ("to send ten boats to Belmar", "send", "Belmar", "Belmar"),
        ("that it would soon send ten boats to Belmar", "send", "Belmar", "Belmar"),
        ("to open the road to aid convoys", "aid", "convoys", None),
        ("to leave if Marda sends boats to Belmar", "sends", "Belmar", None),
    ],
)
def test_to_whom_a_promise_is_made(content: str, event: str, recipient: str, addressee: str | None) -> None:
    s = Story(f"Aland promised {content}.")
    claim = s.claim("Aland", "promised", content, act="promise")
    s.event("aid", event, factuality="planned", claims=(claim,))
    gets(s, recipient)
    assert [c.addressee for c in found(s)] == [addressee]


def test_whom_the_warning_itself_names() -> None:
    s = Story("“We will leave,” the Six warned the rebels of Marda.")
    s.claim("the Six", "warned", "“We will leave,”", act="warn")
    s.event("threat", "warned")
    gets(s, "the rebels of Marda")
    assert [c.addressee for c in found(s)] == ["the rebels of Marda"]


def test_a_refusal_is_told_though_its_deed_is_not_done() -> None:
    s = Story("Aland refused to sell shells.")
    claim = s.claim("Aland", "refused", "to sell shells", act="refuse")
    s.event("arms_transfer", "sell", factuality="negated", claims=(claim,))
    assert [c.what for c in found(s)] == ["to sell shells"]


def gets(s: Story, words: str) -> None:
    """Give the last event a recipient."""
    last = s.parts["V"][-1]
    got = Participant(Role.RECIPIENT, None, s.at(words))
    s.parts["V"][-1] = msgspec.structs.replace(last, participants=(*last.participants, got))


def promise_and_deed(factuality: str, doer: str = "XAA MIL") -> tuple[Story, Story]:
    first = Story("The army promised to open the coastal road for trucks.", published="2031-03-04")
    first.claim("The army", "promised", "to open the coastal road for trucks", act="promise", party="XAA MIL")
    second = Story("The army opened the coastal road to trucks.", published="2031-03-09")
    second.entity("The army", party=doer)
    second.event("aid", "opened", actor="The army", target="the coastal road", factuality=factuality)
    return first, second


def test_what_came_of_a_promise() -> None:
    assert found(*promise_and_deed("occurred"))[0].outcome == "kept"
    broken = found(*promise_and_deed("negated"))[0]
    assert broken.outcome == "broken"
    assert broken.outcome_claims[0].date == "2031-03-09"
    assert found(promise_and_deed("occurred")[0])[0].outcome == "open"
    assert found(*promise_and_deed("occurred", "XBB MIL"))[0].outcome == "open"  # another country's army


def fate_of(promise: str, deed: str, *, before: bool = False) -> str:
    """What comes of Iva Tamm's promise by her deed in a later report, done before the promise or after."""
    first = Story(f"Iva Tamm said she would {promise}.", published="2031-03-04")
    first.entity("Iva Tamm", "person")
    first.claim("Iva Tamm", "said", f"she would {promise}", act="promise")
    trigger, _, target = deed.partition(" ")
    second = Story(f"Iva Tamm {deed} in May 2030.", published="2031-03-09")
    second.entity("Iva Tamm", "person")
    when = second.time("May 2030", "2030-05-01", "2030-05-31") if before else None
    second.event("aid", trigger, actor="Iva Tamm", target=target, on=when)
    return found(first, second)[0].outcome


@pytest.mark.parametrize(
    ("promise", "deed", "outcome"),
    [
        ("open the coastal road with those others", "opened the coastal road", "kept"),
        ("open the coastal road", "closed the coastal road", "open"),  # another deed to the same road
        ("never eat them again, that they will see", "thanked that group with those", "open"),
        ("open the coastal road", "opened a shop", "open"),
        ("ask Iva Tamm and Belmar to open the port", "opened Iva Tamm", "open"),  # no more than her name
    ],
)
def test_only_the_deed_that_was_promised_keeps_a_promise(promise: str, deed: str, outcome: str) -> None:
    assert fate_of(promise, deed) == outcome


def test_a_deed_of_the_year_before_keeps_no_promise() -> None:
    assert fate_of("open the coastal road", "opened the coastal road", before=True) == "open"


@pytest.mark.parametrize(
    ("who", "cue", "content", "act", "listed"),
    [
        ("40 percent of the dockers", "said", "they would vote for the mayor", "promise", False),
        ("A third of the dockers", "said", "they would leave the port", "promise", False),
        ("The mayor", "wants", "to open the port", "promise", False),
        ("The mayor", "said he would like", "to open the port", "promise", False),
        ("The mayor", "never pledged", "to open the port", "promise", False),
        ("The mayor", "pledged", "to open the port", "promise", True),
        ("The mayor", "wants", "the port to be opened", "request", True),
        ("The mayor", "rejected", "rumors that he had fled", "refuse", False),
        ("The mayor", "rejected", "the dockers' concerns", "refuse", False),
        ("The mayor", "dismissed", "the widely held notion that he had fled", "refuse", False),
        ("The mayor", "rejected", "the idea of a truce", "refuse", True),
        ("The mayor", "rejected", "claims for damages", "refuse", True),
        ("The mayor", "rejected", "an offer of talks", "refuse", True),
        ("The mayor", "refused", "to answer for it or to hear their concerns", "refuse", False),
        ("The mayor", "refused", "to hear their concerns", "refuse", True),
        ("The mayor", "opposed", "sending boats", "refuse", False),
    ],
)
def test_a_wish_a_poll_and_an_opinion_bind_nobody(
    who: str, cue: str, content: str, act: str, listed: bool
) -> None:
    s = Story(f"{who} {cue} {content}.")
    s.claim(who, cue, content, act=act)
    assert bool(found(s)) == listed


@pytest.mark.parametrize(
    ("cue", "content", "listed"),
    [
        ("said", "Odo Brandt would give up the port", False),
        ("promised", "Odo Brandt would give up the port", True),
        ("said", "she would give up the port", True),
        ("said", "he would give up the port", False),
        ("said", "it would rain", False),
        ("said", "the guards will leave the port", True),
        ("said", "Odo Brandt would fight, but she will leave the port", True),
    ],
)
def test_what_another_will_do_is_no_promise(cue: str, content: str, listed: bool) -> None:
    s = Story(f"Iva Tamm knew her town. Iva Tamm {cue} {content}. Odo Brandt laughed.")
    s.entity("Iva Tamm", "person")
    s.entity("Odo Brandt", "person")
    s.claim("Iva Tamm#2", cue, content, act="promise", kind="person")
    her = s.at("her")
    tamm = s.parts["E"][0]
    mentions = (*tamm.mentions, Mention(her.start, her.end, her.text, MentionForm.PRONOUN))
    s.parts["E"][0] = msgspec.structs.replace(tamm, mentions=mentions)
    assert bool(found(s)) == listed


def test_conditions() -> None:
    assert parted("If they fire, we will leave") == ("we will leave", "If they fire")
    assert parted("to leave unless paid") == ("to leave", "unless paid")
    assert parted("to leave") == ("to leave", None)
    assert parted("that, if elected, he would leave") == ("he would leave", "if elected")
    assert parted("that even if they fire, it would stay") == ("it would stay", "even if they fire")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), ["release all prisoners", "rebuild the bridge"]),
        (Filter(limit=1), ["release all prisoners"]),
        (Filter(since="2030-01-01"), ["rebuild the bridge"]),
        (Filter(since="2030-01-01", limit=1), ["rebuild the bridge"]),
        (Filter(until="2025-01-01"), ["release all prisoners"]),
        (Filter(since="2025-01-01", until="2030-01-01"), []),
        (Filter(place="Marda"), []),
    ],
)
def test_only_what_was_spoken_within_the_days(ledger_url: str, wanted: Filter, found: list[str]) -> None:
    with open_ledger(ledger_url) as book:
        for day, what in (("2024-01-01", "release all prisoners"), ("2031-03-04", "rebuild the bridge")):
            s = Story(f"The army promised to {what}.", published=day, name=day)
            s.claim("The army", "promised", what, act="promise")
            enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        assert [c.what for c in lists.commitments(book, wanted)] == found


MONTH, WEEK, DAY = "open the road", "free the prisoners", "rebuild the bridge"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), [MONTH, WEEK, DAY]),
        (Filter(limit=2), [MONTH, WEEK]),
        (Filter(since="2031-02-01", until="2031-02-28"), [MONTH]),
        (Filter(since="2031-02-20", until="2031-02-20"), [MONTH]),
        (Filter(until="2031-02-10"), [MONTH]),
        (Filter(since="2031-11-01", until="2031-11-30"), [WEEK]),
        (Filter(since="2031-11-07", until="2031-11-07"), [WEEK]),
        (Filter(since="2031-11-10"), [DAY]),
        (Filter(since="2031-03-01", until="2031-10-31"), []),
    ],
)
def test_what_was_spoken_in_a_week_or_a_month_is_within_it(
    ledger_url: str, wanted: Filter, found: list[str]
) -> None:
    with open_ledger(ledger_url) as book:
        for value, what in (("2031-12-24", DAY), ("2031-W45", WEEK), ("2031-02", MONTH)):
            s = Story(f"The army promised then to {what}.", published="2031-12-30", name=value)
            s.claim("The army", "promised", what, act="promise")
            [c] = s.parts["C"]
            s.parts["C"] = [msgspec.structs.replace(c, said_on=SaidOn(value, s.at("then")))]
            enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        assert [c.what for c in lists.commitments(book, wanted)] == found
        desk = Wanted(since=wanted.since, until=wanted.until)
        with book.begin() as connection:  # the desk has the last first
            shown = [c.what for c in commitment_rows(connection, desk)[0]][::-1]
        assert shown[: wanted.limit] == found


@pytest.mark.parametrize(
    ("cue", "content", "act", "listed"),
    [
        ("warned of", "Deputy Iva Tamm", "warn", False),
        ("offered", "a bribe of 4,000 crowns", "promise", False),
        ("warned", "one lorry sped away", "warn", False),
        ("promised", "a march before Sunday", "promise", True),
        ("promised", "peace", "promise", True),
        ("warned", "such shelling can no longer be borne", "warn", True),
        ("never said", "it would stay on", "refuse", False),
        ("refused", "to answer the judge", "refuse", False),
        ("refused", "to leave the port", "refuse", True),
    ],
)
def test_what_tells_of_no_deed_binds_nobody(cue: str, content: str, act: str, listed: bool) -> None:
    s = Story(f"The dockers {cue} {content}.")
    s.claim("The dockers", cue, content, act=act)
    assert bool(found(s)) == listed


@pytest.mark.parametrize(
    ("content", "addressee"),
    [
        ("Students must learn to swim", "Students"),
        ("that other countries should cease the supply", "other countries"),
        ("the world to stop shouting", "the world"),
        ("the residents of Belmar to stay indoors", "the residents of Belmar"),
        ("complaints must be examined again", None),
        ("prisoners should be held in Marda", None),
        ("an urgent meeting of the Belmar council to hear the mayor", None),
        ("air defenses to guard the port", None),
        ("we should wait", None),
        ("to open the road", None),
        ("the dog be muzzled", None),
    ],
)
def test_who_is_to_do_what_is_asked(content: str, addressee: str | None) -> None:
    s = Story(f"The mayor demanded {content}.")
    s.claim("The mayor", "demanded", content, act="request")
    assert [c.addressee for c in found(s)] == [addressee]


def test_a_name_that_is_asked_to_do_something() -> None:
    s = Story("The dockers asked President Iva Tamm to step down.")
    s.claim("The dockers", "asked", "President Iva Tamm to step down", act="request")
    s.entity("Iva Tamm", "person")
    assert [c.addressee for c in found(s)] == ["Iva Tamm"]
