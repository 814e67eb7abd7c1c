"""Where somebody speaks of an event from, and where those are for whom people march, is not where it is. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.reader import Reader

PUBLISHED = date(2031, 3, 7)  # a Friday


def where(reader: Reader, text: str, kind: str) -> str | None:
    """The words for the place of the only event of a type."""
    record = reader.read(text, published=PUBLISHED)
    places = {p.id: p.span.text for p in record.places}
    [event] = [e for e in record.events if e.type == kind]
    return places.get(event.place or "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "The Border Watch for Human Rights, a monitor based in Britain, said a strike killed nine fighters.",
            "strike",
        ),
        ("Skywatch, a London-based group, said a strike had killed five civilians.", "strike"),
        ("A strike killed nine fighters, according to Skywatch, a London-based monitor.", "strike"),
        (
            "The Border Rights Group, which is based in Thailand, said soldiers had killed 80 prisoners.",
            "killing",
        ),
        ("Sen. Mark Hale, Republican of Texas, said the militia had executed 12 prisoners.", "killing"),
        ("A spokesman told reporters in Geneva that rebels had attacked a convoy.", "attack"),
        (
            "Lina Haddad told AFP by telephone from Paris that gunmen had kidnapped her brother.",
            "detention",
        ),
        ("Samir Khan, reached in London, said police had beaten the protesters.", "repression"),
        ("Ko Min, a refugee in Thailand, said soldiers burned his village.", "destruction"),
        ("Soldiers burned the village, said Ko Min, a refugee in Thailand.", "destruction"),
        ("Prosecutors in The Hague said the militia had killed 40 villagers.", "killing"),
        ("Ahmad Zia, who fears for his family in Herat, said gunmen killed two policemen.", "killing"),
        ("“They shot my uncle,” said Mariam Deng, speaking by phone from Nairobi.", "attack"),
        ("The defence ministry in Moscow said Ukraine attacked an oil depot.", "attack"),
        ("The envoy, on a visit to Nairobi, said soldiers killed nine villagers.", "killing"),
        (
            "The Border Watch, a London-based group, counted the dead. A strike killed five civilians, it said.",
            "strike",
        ),
    ],
)
def test_where_somebody_speaks_from_is_not_where_it_happened(text: str, kind: str, reader: Reader) -> None:
    assert where(reader, text, kind) is None


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "The mayor of Kharkiv said two people were killed in a strike on a market.",
            "strike",
            "Kharkiv",
        ),
        ("A teacher in Bunia said soldiers burned the school.", "destruction", "Bunia"),
        ("The hospital in Nyala said shelling killed nine people.", "strike", "Nyala"),
        ("Witnesses in Goma said rebels shot at protesters.", "repression", "Goma"),
        ("Local officials in Darfur said the army bombed a village.", "strike", "Darfur"),
        ("Kharkiv governor Oleh Bondar said a strike killed nine people.", "strike", "Kharkiv"),
        ("Soldiers based in Bria killed nine villagers, a resident said.", "killing", "Bria"),
        ("The group's office in Geneva was attacked by gunmen, police said.", "attack", "Geneva"),
        (
            "Skywatch, a group based in Britain, said gunmen had killed nine villagers in Gwoza.",
            "killing",
            "Gwoza",
        ),
    ],
)
def test_whose_ground_it_is_tells_where_it_happened(text: str, kind: str, place: str, reader: Reader) -> None:
    assert where(reader, text, kind) == place


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "In Atlanta, Georgia, hundreds of people marched on Saturday in support of protesters in Tbilisi.",
            "protest",
            "Atlanta",
        ),
        (
            "In Berlin, thousands rallied on Sunday in support of protesters in Tehran.",
            "protest",
            "Berlin",
        ),
        ("In Berlin, hundreds marched for peace in Gaza.", "protest", "Berlin"),
        ("Students in Athens rallied in memory of victims in Larissa.", "protest", "Athens"),
        ("In Lima, police broke up a rally in support of strikers in Cusco.", "protest", "Lima"),
        ("In Lima, police broke up a rally in support of strikers in Cusco.", "repression", "Lima"),
        ("In New York, the Security Council voted for a truce in Gaza.", "politics", "New York"),
        ("Hundreds protested against the war in Gaza.", "protest", None),
    ],
)
def test_people_gather_where_they_are_and_not_where_those_are_for_whom_they_do(
    text: str, kind: str, place: str | None, reader: Reader
) -> None:
    assert where(reader, text, kind) == place


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Thousands marched in support of Ukraine in Tbilisi.", "protest", "Tbilisi"),
        ("Hundreds rallied for the hostages in Berlin.", "protest", "Berlin"),
        ("Hundreds rallied in London against arrests in Hong Kong.", "protest", "London"),
        ("Thousands rallied against corruption in Belgrade.", "protest", "Belgrade"),
        ("In Kenya, hundreds rallied for higher wages in Nairobi.", "protest", "Nairobi"),
        ("In Cairo, envoys held talks on a truce in Gaza.", "negotiation", "Cairo"),
        ("Residents protested over the killing of a teenager in Nanterre.", "protest", "Nanterre"),
    ],
)
def test_what_they_gather_for_may_be_there(text: str, kind: str, place: str, reader: Reader) -> None:
    assert where(reader, text, kind) == place


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Germany pledged 40 million euros for Sudan, Canada $25 million.", "aid"),
        ("Germany pledged 40 million euros for Sudan and Zambia $25 million.", "aid"),
        ("The attack was condemned by NATO in a post on X.", "strike"),
    ],
)
def test_a_further_giver_and_a_network_are_no_places_of_a_deed(text: str, kind: str, reader: Reader) -> None:
    assert where(reader, text, kind) is None
