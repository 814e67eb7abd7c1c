"""Which day an event gets when its sentence tells other days. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.reader import Reader
from accordingto.record import Record

PUBLISHED = date(2030, 4, 17)  # a Wednesday


def dates(record: Record) -> dict[str, str | None]:
    values = {t.id: t.value for t in record.times}
    return {e.trigger.text: values.get(e.time or "") for e in record.events}


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        (
            "The number of people killed in a mill fire in Kor rose to 45 on Wednesday, an official said. The fire broke out last Saturday.",
            "fire",
            "2030-04-13",
        ),
        (
            "The death toll from a bomb attack on a mosque in Kor rose to 14 on Wednesday, police said. "
            "The bomb went off on Monday during prayers.",
            "bomb attack",
            "2030-04-15",
        ),
        (
            "The death toll from Monday's earthquake in Farwa climbed to 52 on Tuesday.",
            "earthquake",
            "2030-04-15",
        ),
        ("On Tuesday the death toll from the landslide reached 31, officials said.", "landslide", None),
        (
            "The death toll rose to 45 after a strike on Wednesday in Kor, officials said.",
            "strike",
            "2030-04-17",
        ),
    ],
)
def test_the_day_a_toll_rose_is_not_the_day_of_the_event(
    text: str, trigger: str, day: str | None, reader: Reader
) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("The attack in Kor, the deadliest since 2021, killed 40 people.", "attack", None),
        ("The strike killed 9 people, the first deaths in the city since March.", "strike", None),
        ("The strike, the deadliest in the past two years, killed 30 people.", "strike", None),
        ("Gunmen killed nine people in Farwa, where an insurgency began in 2009.", "killed", None),
        ("Gunmen killed nine people in Farwa, where an insurgency began in 2009.", "insurgency", "2009"),
        ("Troops shelled the town of Kor, which rebels seized in March 2028, killing six.", "shelled", None),
        ("Police arrested nine people in Kor over the June 2023 bombing.", "arrested", None),
        ("Police arrested nine people in Kor over the June 2023 bombing.", "bombing", "2023-06"),
        ("A year after the October 2023 attack, thousands marched through the capital.", "marched", None),
        ("A year after the October 2023 attack, thousands marched through Kor.", "attack", "2023-10"),
        ("The court jailed Omar Haddad, who led the 2019 protests, for ten years.", "jailed", None),
        ("Freedonia invaded Kor after the Oct. 7 attack.", "invaded", None),
        ("At least 1.2 million people have fled Freedonia since April 2023.", "fled", None),
        ("Some 9,000 people were evacuated, 400 more than during Cyclone Rima in 2027.", "evacuated", None),
        ("Claire Monnet was arrested two weeks before troops left the town.", "arrested", None),
        ("Freedonia invaded Kor after the Oct. 7 attack.", "attack", "2029-10-07"),
    ],
)
def test_the_date_of_another_thing_dates_no_event(
    text: str, trigger: str, day: str | None, reader: Reader
) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        (
            "Nine people were killed in Monday's airstrike on Kor.",
            "airstrike",
            "2030-04-15",
        ),
        ("On Monday gunmen attacked Kor and kidnapped nine people.", "kidnapped", "2030-04-15"),
        ("The strike on the school, which came on Monday, killed nine people.", "strike", "2030-04-15"),
        ("He has been detained since March 3.", "detained", "2030-03-03"),
        ("Some 9,000 people have fled Kor since Sunday.", "fled", "2030-04-14"),
        ("Forty convicts escaped from Marda jail during the March riot.", "escaped", "2030-03"),
        ("Police detained the suspect on Monday, hours after the bombing.", "bombing", "2030-04-15"),
        ("The army killed nine people in Kor after a 1979 coup.", "killed", "1979"),
        ("The policy change, which took effect on March 1, suspends interviews.", "change", "2030-03-01"),
        (
            "They met in Kor, where she has been held for protesting on July 11, 2029.",
            "protesting",
            "2029-07-11",
        ),
        ("The school has been closed since March, when Kor was hit by an outbreak.", "outbreak", "2030-03"),
        ("The truce in Kor, which ran from May 15 to 20, 2029, failed.", "truce", "2029-05-15/2029-05-20"),
        ("The war from 2025 to 2027 killed nine people.", "war", "2025/2027"),
        (
            "Teachers were detained earlier in the day after they led a noisy march through Kutum.",
            "march",
            "2030-04-17",
        ),
        (
            "Crews left the mill on Wednesday, four days after it started at dawn on Saturday, causing explosions.",
            "explosions",
            "2030-04-13",
        ),
    ],
)
def test_an_event_keeps_the_day_that_it_shares(text: str, trigger: str, day: str, reader: Reader) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        (
            "Freedonia freed Claire Monnet on Thursday, ten days after she was arrested.",
            "arrested",
            "2030-04-01",
        ),
        (
            "Gunmen released the girls on Tuesday, three weeks after they were kidnapped.",
            "kidnapped",
            "2030-W13",
        ),
        ("The bridge reopened on Monday, a day after it was struck by a drone.", "struck", "2030-04-14"),
        ("Rebels shelled Kor on Sunday, two days before talks were due to begin.", "talks", "2030-04-16"),
        ("Freedonia freed Claire Monnet on Thursday, days after she was arrested.", "arrested", None),
        (
            "Freedonia freed Claire Monnet on Thursday, about ten days after she was arrested.",
            "arrested",
            None,
        ),
        ("Claire Monnet was arrested three days before the bombing.", "arrested", None),
        ("He spoke on Friday, the day after rebels captured Kor.", "captured", "2030-04-11"),
        (
            "The protesters wrote to the mayor on Tuesday, the day before the protest.",
            "protest",
            "2030-04-17",
        ),
        ("On May 2, 2022, seven months before the attack, he wrote home.", "attack", "2022-12"),
        ("On May 2, 2022, two weeks before the attack, he wrote home.", "attack", "2022-W20"),
        ("The mayor spoke on Friday. His words came the day after rebels captured Kor.", "captured", None),
    ],
)
def test_what_came_before_or_after_is_dated_by_its_distance_or_not_at_all(
    text: str, trigger: str, day: str | None, reader: Reader
) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        (
            "Gunmen killed a judge outside his home.\n\nForty judges were murdered last year, the union said.",
            "killed",
        ),
        (
            "Canada expelled two diplomats, the foreign minister said, after a raid shut down hospitals in February.",
            "expelled",
        ),
    ],
)
def test_a_day_told_of_other_deeds_dates_no_event(text: str, trigger: str, reader: Reader) -> None:
    assert dates(reader.read(text, published=PUBLISHED)).get(trigger) is None


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("The junta condemned the coup and promised elections in May.", "coup", None),
        ("The junta condemned the coup and promised elections in May.", "elections", "2030-05"),
        (
            "The president quit after a fourth week of protests but offered early elections in the autumn.",
            "protests",
            None,
        ),
        (
            "The president quit after a fourth week of protests but offered early elections in the autumn.",
            "quit",
            None,
        ),
        ("The colonel was never convicted and died in March.", "convicted", None),
        ("The colonel was never convicted and died in March.", "died", "2030-03"),
        ("The court convicted the general and will sentence him in June.", "convicted", None),
        ("The party rejected the vote and plans a protest on Saturday.", "vote", None),
        ("The party rejected the vote and plans a protest on Saturday.", "protest", "2030-04-20"),
        ("The parliament approved the deal and elections will be held in September.", "deal", None),
        ("A bomb killed nine people and the funeral will be held on Saturday.", "killed", None),
        ("The army declared a truce from Friday.", "truce", "2030-04-19"),
    ],
)
def test_a_time_of_what_is_told_next_does_not_reach_back(
    text: str, trigger: str, day: str | None, reader: Reader
) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Rebels attacked the town and withdrew on Monday.", "attacked", "2030-04-15"),
        ("The army bombed the port and seized it on Monday.", "bombed", "2030-04-15"),
        ("A bomb killed nine people and wounded 20 on Tuesday.", "killed", "2030-04-16"),
        ("Troops stormed the camp and killed four people on Sunday.", "stormed", "2030-04-14"),
        ("The junta seized power and held elections in March.", "seized power", "2030-03"),
        (
            "A strike killed two in Izium a day earlier, officials said on Wednesday.",
            "strike",
            "2030-04-16",
        ),
    ],
)
def test_a_time_of_what_was_done_together_is_shared(
    text: str, trigger: str, day: str, reader: Reader
) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("A truce was extended by 72 hours on Tuesday.", "truce", "2030-04-16"),
        ("The truce was extended by another 72 hours on Tuesday, the army said.", "truce", "2030-04-16"),
        ("The two sides agreed to a truce extended by 72 hours.", "truce", None),
        ("The strike lasted 72 hours.", "strike", "PT72H"),
    ],
)
def test_by_how_long_something_goes_on_is_not_when_it_was(
    text: str, trigger: str, day: str | None, reader: Reader
) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("On Monday a court in Kor convicted Omar Haddad of killing a trader.", "killing", None),
        ("On Monday a court in Kor convicted Omar Haddad of killing a trader.", "convicted", "2030-04-15"),
        (
            "Last week Omar Haddad was sentenced to nine years after he was found guilty of raping a nurse.",
            "raping",
            None,
        ),
        ("Two men were arrested on Monday for killing a trader in Kor.", "killing", None),
        (
            "A court on Monday convicted Omar Haddad of killing a trader on 3 January.",
            "killing",
            "2030-01-03",
        ),
        ("On Tuesday, Omar Haddad was jailed for life for the murder of a nurse in Kor.", "murder", None),
        ("Omar Haddad, convicted last week of raping a nurse, was jailed on Monday.", "raping", None),
        ("Omar Haddad was convicted of killing a trader, Ana Ruiz, on 3 January.", "killing", "2030-01-03"),
        ("Last week a man who is accused of kidnapping a child was held in Kor.", "held", "2030-W15"),
        ("On Monday, rebels killed nine people, the army said.", "killed", "2030-04-15"),
    ],
)
def test_a_crime_was_not_on_the_day_of_the_court(
    text: str, trigger: str, day: str | None, reader: Reader
) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Three clerks were arrested under the Mining Act (as amended in 2018) in Kor.", "arrested"),
        ("Officials questioned the Master Plan 2021-2040 and arrested three clerks in Kor.", "arrested"),
        ("Exports of palm oil from Kor plunged 24 percent from the same period last year.", "plunged"),
        ("Exports of palm oil from Kor plunged 24 percent from a year earlier.", "plunged"),
        ("He was summoned last month by the Directorate, which probes financial crimes, in Kor.", "probes"),
        ("Despite a historic peace agreement in 2016, troops still patrol the city of Farwa.", "patrol"),
    ],
)
def test_a_time_in_brackets_of_a_comparison_or_of_another_noun_dates_no_event(
    text: str, trigger: str, reader: Reader
) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] is None


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        (
            "Despite a historic peace agreement in 2016, troops still patrol the city of Farwa.",
            "agreement",
            "2016",
        ),
        ("Three students were arrested during protests in Kor on Monday.", "arrested", "2030-04-15"),
        (
            "He was summoned last month by the Directorate, which probes financial crimes, in Kor.",
            "summoned",
            "2030-03",
        ),
    ],
)
def test_the_noun_on_which_a_time_hangs_keeps_it(text: str, trigger: str, day: str, reader: Reader) -> None:
    assert dates(reader.read(text, published=PUBLISHED))[trigger] == day
