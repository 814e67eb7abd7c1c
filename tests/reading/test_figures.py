from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto.errors import UserError
from accordingto.integrity import violations
from accordingto.reading.assembly import assemble
from accordingto.reading.document import document_of, evidence
from accordingto.reading.figures import FigureTables, FoundFigure, find_figures
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.record import Measure, Record
from accordingto.spans import Range

FIGURES, READING, TIMES = FigureTables.load(), ReadingTables.load(), TimeTables.load()
Make = Callable[..., Layers]


def find(text: str, layers: Layers, tables: FigureTables = FIGURES) -> tuple[FoundFigure, ...]:
    times = find_times(text, within=[Range(0, len(text))], published=date(2031, 3, 7), tables=TIMES)
    return find_figures(text, layers, times, tables)


def read(text: str, layers: Layers) -> Record:
    doc = document_of(text, published=date(2031, 3, 7), headline_first=False)
    times = find_times(text, within=evidence(doc), published=doc.published, tables=TIMES)
    found = find_figures(text, layers, times, FIGURES)
    record = assemble(doc, layers, times, READING, figures=found)
    assert violations(record) == ()
    return record


VALUES = [
    ("She owed N$8 600.", "N$8 600", 8600, 8600, 8600),
    ("He was fined R120 000.", "R120 000", 120000, 120000, 120000),
    ("Some 20 000 people fled.", "Some 20 000", None, 20000, None),
    ("It cost KD 890.", "KD 890", 890, 890, 890),
    ("The shells killed 12 shepherds.", "12", 12, 12, 12),
    ("The shells killed twelve shepherds.", "twelve", 12, 12, 12),
    ("They counted 4,218 sacks.", "4,218", 4218, 4218, 4218),
    ("They counted 12,50,000 sacks.", "12,50,000", 1250000, 1250000, 1250000),
    ("They lost 2.5 million sacks.", "2.5 million", 2500000, 2500000, 2500000),
    ("They lost two million sacks.", "two million", 2000000, 2000000, 2000000),
    ("They lost 1.4m people.", "1.4m", 1400000, 1400000, 1400000),
    ("They lost one hundred and twenty-three boats.", "one hundred and twenty-three", 123, 123, 123),
    ("They lost three million two hundred thousand trees.", "three million two hundred thousand", 3200000, 3200000, 3200000),
    ("A quarter of a million people left.", "A quarter of a million", 250000, 250000, 250000),
    ("AT LEAST FİVE BOATS SANK.", "AT LEAST FİVE", 5, 5, None),
    ("A MİNİMUM OF 3 BOATS SANK.", "A MİNİMUM OF 3", 3, 3, None),
    ("MİLLİONS OF BOATS SANK.", "MİLLİONS", 2000000, None, None),
    ("Half a million people left.", "Half a million", 500000, 500000, 500000),
    ("Two dozen boats sank.", "Two dozen", 24, 24, 24),
    ("A hundred boats sank.", "A hundred", 100, 100, 100),
    ("One and a half million people left.", "One and a half million", 1500000, 1500000, 1500000),
    ("Several hundred boats sank.", "Several hundred", 200, None, 999),
    ("Dozens of boats sank.", "Dozens", 24, None, 99),
    ("Hundreds of boats sank.", "Hundreds", 200, None, 999),
    ("Thousands of boats sank.", "Thousands", 2000, None, None),
    ("Tens of thousands fled.", "Tens of thousands", 20000, None, 99999),
    ("Hundreds of thousands fled.", "Hundreds of thousands", 200000, None, 999999),
    ("Scores of boats sank.", "Scores", 40, None, 99),
    ("At least 37 boats sank.", "At least 37", 37, 37, None),
    ("More than 40,000 boats sank.", "More than 40,000", 40001, 40000, None),
    ("Nearly two million people fled.", "Nearly two million", None, 2000000, 1999999),
    ("Fewer than 50 boats sank.", "Fewer than 50", None, 50, 49),
    ("Up to 300 boats sank.", "Up to 300", None, 300, 300),
    ("As many as 300 boats sank.", "As many as 300", None, 300, 300),
    ("Some 400 boats sank.", "Some 400", None, 400, None),
    ("An estimated 400 boats sank.", "An estimated 400", None, 400, None),
    ("The storm sank 20 or more boats.", "20 or more", 20, 20, None),
    ("The storm sank a dozen or so boats.", "a dozen or so", None, 12, None),
    ("The storm sank 200-odd boats.", "200-odd", None, 200, None),
    ("Between 10 and 15 boats sank.", "Between 10 and 15", 10, None, 15),
    ("It sank 10 to 15 boats.", "10 to 15", 10, None, 15),
    ("It sank 10-15 boats.", "10-15", 10, None, 15),
    ("The number of boats was cut by 10 to 15 boats.", "10 to 15", 10, None, 15),
    ("It sank two or three boats.", "two or three", 2, None, 3),
    ("It moved 10 to 15 million people.", "10 to 15 million", 10000000, None, 15000000),
    ("It moved ten to twenty-two million people.", "ten to twenty-two million", 10000000, None, 22000000),
    ("About half of the boats sank.", "About half", None, 50, None),
    ("Two-thirds of the boats sank.", "Two-thirds", 66.7, 66.7, 66.7),
    ("A third of the boats sank.", "A third", 33.3, 33.3, 33.3),
    ("Three quarters of the boats sank.", "Three quarters", 75, 75, 75),
    ("One in five boats sank.", "One in five", 20, 20, 20),
    ("Seven out of 10 boats sank.", "Seven out of 10", 70, 70, 70),
    ("It sank 12.5% of them.", "12.5%", 12.5, 12.5, 12.5),
    ("It cost $1.5 million.", "$1.5 million", 1500000, 1500000, 1500000),
    ("It cost up to €20-30 million.", "up to €20-30 million", None, None, 30000000),
    ("The clinic stands 50km away.", "50km", 50, 50, 50),
    ("They met for two and a half hours.", "two and a half hours", 2.5, 2.5, 2.5),
    ("It lasted roughly half a year.", "roughly half a year", None, 0.5, None),
    ("It cost Rs 1.5 lakh crore.", "Rs 1.5 lakh crore", 1.5e12, 1.5e12, 1.5e12),
    ("It cost Rs 20 thousand crore.", "Rs 20 thousand crore", 2e11, 2e11, 2e11),
    ("Between 500 and one thousand boats sank.", "Between 500 and one thousand", 500, None, 1000),
    ("The raids killed two in three days.", "two", 2, 2, 2),
    ("From 20 to 40 people were lost.", "From 20 to 40", 20, None, 40),
    ("The mine trapped from ten to 15 men.", "from ten to 15", 10, None, 15),
    ("They lost from two or three boats.", "from two or three", 2, None, 3),
    ("The flood drove out 45 300 people.", "45 300", 45300, 45300, 45300),
    ("The flood drove out 1 234 567 people.", "1 234 567", 1234567, 1234567, 1234567),
    ("The flood drove out 45\u202f300 people.", "45\u202f300", 45300, 45300, 45300),
    ("On July 12 300 people left.", "300", 300, 300, 300),
    ("Three-quarters of a million people left.", "Three-quarters of a million", 750000, 750000, 750000),
    ("Nearly two thirds of a million people left.", "Nearly two thirds of a million", None, 666667, 666666),
    ("A million and a half people left.", "A million and a half", 1500000, 1500000, 1500000),
    ("Two million and a half of them left.", "Two million and a half", 2500000, 2500000, 2500000),
    ("Some 2½ million people left.", "Some 2½ million", None, 2500000, None),
    ("About ¾ million people left.", "About ¾ million", None, 750000, None),
    ("They walked for 1½ hours.", "1½ hours", 1.5, 1.5, 1.5),
    ("They walked for 1 and ½ hours.", "1 and ½ hours", 1.5, 1.5, 1.5),
    ("The loss is higher than 90 boats.", "higher than 90", 91, 90, None),
    ("The loss is lower than 90 boats.", "lower than 90", None, 90, 89),
    ("More than 1,2 million sailors left.", "More than 1,2 million", 1200001, 1200000, None),
    ("They lost 3,75 million boats.", "3,75 million", 3750000, 3750000, 3750000),
    ("The agency reached 2.3m in Ostan.", "2.3m", 2300000, 2300000, 2300000),
    ("Some 1.2m displaced by floods wait.", "Some 1.2m", None, 1200000, None),
    ("Around 4.5m are in need of seed.", "Around 4.5m", None, 4500000, None),
    ("The water reached 2.3m in Ostan.", "2.3m", 2.3, 2.3, 2.3),
    ("The fence was 3m high.", "3m", 3, 3, 3),
    ("The storm raised 3m high waves.", "3m", 3, 3, 3),
    ("Norden lent 20 million kroner.", "20 million kroner", 20000000, 20000000, 20000000),
    ("One boat in four sank.", "One boat in four", 25, 25, 25),
    ("1 sailor in every 8 is ill.", "1 sailor in every 8", 12.5, 12.5, 12.5),
    ("Nearly two in five villages have no well.", "Nearly two in five", None, 40, 40),
    ("The flu killed one in three sailors.", "one in three", 33.3, 33.3, 33.3),
    ("The drought hit two in five households.", "two in five", 40, 40, 40),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "low", "best", "high"), VALUES)
def test_forms_and_values(
    text: str, span: str, low: float | None, best: float | None, high: float | None, layers: Make
) -> None:
    found = find(text, layers(text, [], []))
    assert [text[f.at.start : f.at.end] for f in found] == [span]
    assert (found[0].low, found[0].best, found[0].high) == (low, best, high)


MEASURES = [
    ("The raid killed four people and wounded 20 more.", [("four", "killed"), ("20", "wounded")]),
    ("Nine herders were killed and 22 others injured.", [("Nine", "killed"), ("22", "wounded")]),
    ("The attack led to the death of 10 and injury of 31 guards.", [("10", "killed"), ("31", "wounded")]),
    ("A mine left five dead and nine others hurt.", [("five", "killed"), ("nine", "wounded")]),
    ("Ten guards died and 15 were injured.", [("Ten", "killed"), ("15", "wounded")]),
    ("The blast claimed the lives of 17 miners.", [("17", "killed")]),
    ("The death toll from the flood rose to 231, with 57 people missing.", [("231", "killed"), ("57", "missing")]),
    ("The number of wounded stands at 48.", [("48", "wounded")]),
    ("The clinic took in 14 wounded people, three of them children.", [("14", "wounded"), ("three", "wounded")]),
    ("The shells killed 30 people, including at least six children.", [("30", "killed"), ("at least six", "killed")]),
    ("At least 12 people, including three children, were killed.", [("At least 12", "killed"), ("three", "killed")]),
    ("Ten farmers and six drivers were killed.", [("Ten", "killed"), ("six", "killed")]),
    ("Of the 60 passengers, 14 died.", [("60", "other"), ("14", "killed")]),
    ("Three of the seven boats sank; two of the nine miners died.", [("Three", "other"), ("seven", "other"), ("two", "killed"), ("nine", "other")]),
    ("Some 1.9 million people, or 85 percent of the town, have been displaced.", [("Some 1.9 million", "displaced"), ("85 percent", "share")]),
    ("Killed in the raid were 11 guards, three drivers and a cook.", [("11", "killed"), ("three", "killed")]),
    ("Hundreds, perhaps thousands, are missing.", [("Hundreds", "missing"), ("thousands", "missing")]),
    ("The raid brought to 29 the number of guards killed.", [("29", "killed")]),
    ("The toll stands at 90; medics put the figure at 300.", [("90", "killed"), ("300", "killed")]),
    ("Nobody died in the two blasts, and 11 people were calm.", [("two", "attacks"), ("11", "other")]),
    ("Half of the 90 wounded were boys.", [("Half", "share"), ("90", "wounded")]),
    ("The 15-month-old war ended.", [("15-month-old", "duration")]),
    ("The flood killed 2000 farmers and drove out some 1800 families.", [("2000", "killed"), ("some 1800", "other")]),
    ("A bomber killed himself and 12 worshippers.", [("12", "killed")]),
    ("Shots wounded the mayor, his driver and four aides.", [("four", "wounded")]),
    ("They pulled 14 survivors and 62 bodies from the mud.", [("14", "other"), ("62", "killed")]),
    ("The flood took 3 schools, leaving 2,000 homeless.", [("3", "other"), ("2,000", "displaced")]),
    ("Rebels took 30 soldiers prisoner.", [("30", "detained")]),
    ("The army killed “scores” of raiders.", [("scores", "killed")]),
    ("The two men, both 25, were hanged.", [("two", "killed"), ("25", "age")]),
    ("A cook and her grandfather, 71, died.", [("71", "age")]),
    ("Militia killed a baker and her two sons.", [("two", "killed")]),
    ("Police arrested 12 marchers and burned 15 houses.", [("12", "detained"), ("15", "other")]),
    ("Rebels kidnapped 34 pupils.", [("34", "detained")]),
    ("The four miners killed were from Ostan.", [("four", "killed")]),
    ("Two suspects are in custody.", [("Two", "detained")]),
    ("About 60 people are believed to be trapped under the hall.", [("About 60", "missing")]),
    ("Nearly 300,000 people have fled their homes.", [("Nearly 300,000", "displaced")]),
    ("The camp shelters 20,000 refugees.", [("20,000", "displaced")]),
    ("Some 8 million people need food aid.", [("Some 8 million", "in_need")]),
    ("More than 50,000 children were suffering from malnutrition.", [("More than 50,000", "in_need")]),
    ("The agency has reached 60,000 families with seed.", [("60,000", "reached")]),
    ("Nurses vaccinated 12,000 children.", [("12,000", "reached")]),
    ("It fired 30 rockets and flew 18 drones.", [("30", "weapons"), ("18", "weapons")]),
    ("The group has carried out 20 attacks and four air raids.", [("20", "attacks"), ("four", "attacks")]),
    ("They captured 14 villages.", [("14", "other")]),
    ("Two bombers killed 23 people.", [("Two", "other"), ("23", "killed")]),
    ("The quake injured 310 people and cost $40 million.", [("310", "wounded"), ("$40 million", "money")]),
    ("The town, 40 kilometers away, held out for 45 days.", [("40 kilometers", "distance"), ("45 days", "duration")]),
    ("A 12-year-old boy and a man in his 40s were hurt.", [("12-year-old", "age"), ("40s", "age")]),
    ("He was 82 and ill.", [("82", "age")]),
    ("Boys aged 11 and 13 carried water.", [("11", "age"), ("13", "age")]),
    ("Children under five got the vaccine.", [("under five", "age")]),
    ("He paid 3,000 euros for 2,000 tons of rice.", [("3,000 euros", "money"), ("2,000 tons", "other")]),
    ("The 15-member panel has a 300-page file.", [("15-member", "other"), ("300-page", "other")]),
    ("Losses vary from 40 to 70 percent.", [("40", "share"), ("70 percent", "share")]),
    ("The siege cost hundreds of millions of dollars.", [("hundreds of millions of dollars", "money")]),
    ("The law covers a 600-year-old school.", [("600-year-old", "duration")]),
    ("Those who were 90 or older stayed.", [("90", "age")]),
    ("They held six rounds of talks and fired 30 rounds.", [("six", "other"), ("30", "weapons")]),
    ("It was a 40-million-ringgit deal.", [("40-million-ringgit", "money")]),
    ("She was in her 20’s.", [("20’s", "age")]),
    ("Police detained at least 30 Reform MPs.", [("at least 30", "detained")]),
    ("The toll is Dh350, the loan N75 billion, the debt R1.5 million.",
     [("Dh350", "money"), ("N75 billion", "money"), ("R1.5 million", "money")]),
    ("They are in the eight-month-old protest.", [("eight-month-old", "duration")]),
    ("A father of three was shot dead by gunmen in Jos.", [("three", "other")]),
    ("A mother of four children was killed in Gaza City.", [("four", "other")]),
    ("The father of two boys killed in Jos wept.", [("two", "killed")]),
    ("Children as young as 5 were killed.", [("5", "age")]),
    ("None of the 12 passengers were killed.", [("12", "other")]),
    ("Neither of the two men was killed.", [("two", "other")]),
    ("Not one of the 30 passengers died.", [("30", "other")]),
    ("None of the 12 hostages died.", [("12", "detained")]),
    ("The toll grew as troops moved from 2 villages to 3 towns.", [("2", "other"), ("3", "other")]),
    ("Two boys, 9 and 12, were killed.", [("Two", "killed"), ("9", "age"), ("12", "age")]),
    ("Three brothers, 9, 12 and 14, died.", [("Three", "killed"), ("9", "age"), ("12", "age"), ("14", "age")]),
    ("Two girls (9 and 12) were hurt.", [("Two", "wounded"), ("9", "age"), ("12", "age")]),
    ("A man, 45, and a woman, 38, were killed.", [("45", "age"), ("38", "age")]),
    ("A woman, 60, and two men were wounded.", [("60", "age"), ("two", "wounded")]),
    ("A baker from Ostan, 60, and two men died.", [("60", "age"), ("two", "killed")]),
    ("A man (45) and a girl, 2, were hurt.", [("45", "age"), ("2", "age")]),
    ("It killed three men aged 20, 31 and 44 in Ostan.",
     [("three", "killed"), ("20", "age"), ("31", "age"), ("44", "age")]),
    ("A boy aged 12 and 40 others were killed.", [("12", "age"), ("40", "killed")]),
    ("It killed 12 men, 9 women and 4 boys.", [("12", "killed"), ("9", "killed"), ("4", "killed")]),
    ("Two men and a 4-year-old boy were killed.", [("Two", "killed"), ("4-year-old", "age")]),
    ("Two men and a boy, 4, were killed.", [("Two", "killed"), ("4", "age")]),
    ("It killed a clerk, 12 sailors and two cooks.", [("12", "killed"), ("two", "killed")]),
    ("It killed a clerk, 12 others were hurt.", [("12", "wounded")]),
    ("It killed a teacher, 45, and two cooks.", [("45", "age"), ("two", "killed")]),
    ("Two herders watched and a 4-year-old boy was killed.", [("Two", "other"), ("4-year-old", "age")]),
    ("Two herders watched and a boy, 4, was killed.", [("Two", "other"), ("4", "age")]),
    ("Two people aged 34 and 51 were killed.", [("Two", "killed"), ("34", "age"), ("51", "age")]),
    ("At least 37 people (15 of them women) were killed.", [("At least 37", "killed"), ("15", "killed")]),
    ("At least 37 people — 15 of them women — were killed.", [("At least 37", "killed"), ("15", "killed")]),
    ("At least 37 people - 15 of them women - were hurt.", [("At least 37", "wounded"), ("15", "wounded")]),
    ("Some 37 people (15 women and 22 boys) were killed.",
     [("Some 37", "killed"), ("15", "killed"), ("22", "killed")]),
    ("Some 37 people (15 of them sailors) came and 40 were killed.",
     [("Some 37", "other"), ("15", "other"), ("40", "killed")]),
    ("The toll could be higher than 90.", [("higher than 90", "killed")]),
    ("It left 20 victims, four of whom died.", [("20", "other"), ("four", "killed")]),
    ("It wounded six men, two of whom later died.", [("six", "wounded"), ("two", "killed")]),
    ("It killed six men, two of whom had sold rice.", [("six", "killed"), ("two", "killed")]),
    ("It killed 12 people: two women and ten men.", [("12", "killed"), ("two", "killed"), ("ten", "killed")]),
    ("It killed 12 people: three women, a man and eight boys.",
     [("12", "killed"), ("three", "killed"), ("eight", "killed")]),
    ("It killed 12 people, two women and 10 men, in Ostan.",
     [("12", "killed"), ("two", "killed"), ("10", "killed")]),
    ("Twelve people were killed by mud, two women and ten men.",
     [("Twelve", "killed"), ("two", "killed"), ("ten", "killed")]),
    ("Twelve people were killed by mud, two women and nine men came.",
     [("Twelve", "killed"), ("two", "other"), ("nine", "other")]),
    ("It killed 12 people: 40 nurses came.", [("12", "killed"), ("40", "other")]),
    ("Prices rose from 30 to 45 as shells killed 12.", [("30", "other"), ("45", "other"), ("12", "killed")]),
    ("The number of suspected cases stands at 9,741, and 194 deaths have been recorded.",
     [("9,741", "other"), ("194", "killed")]),
    ("The number of proven cases rose to 64, including 29 deaths.", [("64", "other"), ("29", "killed")]),
    ("Cholera cases rose to 64 and deaths to 29.", [("64", "other"), ("29", "killed")]),
    ("Cholera cases rose to 64 and 29 deaths were noted.", [("64", "other"), ("29", "killed")]),
    ("The total rose to 3,812, with 29 deaths.", [("3,812", "other"), ("29", "killed")]),
    ("The rivals noted three and four deaths.", [("three", "killed"), ("four", "killed")]),
    ("The inquiry counts three or four deaths.", [("three or four", "killed")]),
    ("The number of families uprooted by mud has risen to 450.", [("450", "displaced")]),
    ("Raiders killed three in five villages on Monday.", [("three", "killed"), ("five", "other")]),
    ("Mud killed 5 in 12 villages.", [("5", "killed"), ("12", "other")]),
    ("The mud injured four in 20 houses.", [("four", "wounded"), ("20", "other")]),
    ("Nurses saw children under the age of five in 24 districts.", [("five", "age"), ("24", "other")]),
    ("Confirmed deaths: 29", [("29", "killed")]),
    ("Injured: 14", [("14", "wounded")]),
    ("Dead – 29", [("29", "killed")]),
    ("Killed: 31, wounded: 120; missing: 8, displaced: 45,000",
     [("31", "killed"), ("120", "wounded"), ("8", "missing"), ("45,000", "displaced")]),
    ("People in need: 1.2 million. People reached: 300,000.", [("1.2 million", "in_need"), ("300,000", "reached")]),
    ("Injured: 14 sailors", [("14", "wounded")]),
    ("Houses destroyed: 310", [("310", "other")]),
    ("Houses destroyed: 310, killed: 12", [("310", "other"), ("12", "killed")]),
    ("Shells hit the hospital: 12 people died.", [("12", "killed")]),
    ("Shells hit the hospital: 12 died.", [("12", "killed")]),
    ("Medics fear more deaths: 40 nurses came.", [("40", "other")]),
    ("Nobody was killed: 14 people ran.", [("14", "other")]),
    ("Twelve people died in Ostan, 11 in Kor and eight in Farwa.",
     [("Twelve", "killed"), ("11", "killed"), ("eight", "killed")]),
    ("At least 105 people were killed in Kor and 52 in Farwa.", [("At least 105", "killed"), ("52", "killed")]),
    ("Mud uprooted 12,000 people in Kor, 8,000 in the town of Ostan and 3,000 in Farwa.",
     [("12,000", "displaced"), ("8,000", "displaced"), ("3,000", "displaced")]),
    ("One guard in five villages fell.", [("One", "other"), ("five", "other")]),
    ("Twelve people died in Kor and 30 shops in Ostan burned.", [("Twelve", "killed"), ("30", "other")]),
    ("Twelve people died in Kor and 40 in Ostan fled.", [("Twelve", "killed"), ("40", "displaced")]),
    ("Children from 5 to 12 were killed.", [("from 5 to 12", "age")]),
    ("Thousands attended the funeral of a boy who was killed by guards.", [("Thousands", "other")]),
    ("Hundreds of mourners carried the coffin of a boy killed by guards.", [("Hundreds", "other")]),
    ("Crowds of 400 marched for men who were killed in Kor.", [("400", "other")]),
    ("Two clerks said the guards were killed in Kor.", [("Two", "other")]),
    ("Forty villagers who were asleep were killed in Kor.", [("Forty", "killed")]),
    ("Forty men from the village who were shot died in Kor.", [("Forty", "killed")]),
    ("The number of people killed in Kor since April 2029 has risen to 31,200.", [("31,200", "killed")]),
    ("The death toll since March 2029 stood at 980.", [("980", "killed")]),
    ("A union cut its count of people killed in Kor since April 2029 down to 30,900.", [("30,900", "killed")]),
    ("Mud swept away children from 5 to 12 villages.", [("from 5 to 12", "other")]),
    ("The lenders gave 3 million Norwegian kroner.", [("3 million Norwegian kroner", "money")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), MEASURES)
def test_what_is_measured(text: str, wanted: list[tuple[str, str]], layers: Make) -> None:
    found = find(text, layers(text, [], []))
    assert [(text[f.at.start : f.at.end], f.measure.value) for f in found] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It happened on March 3, 2029, at 10:30 a.m.",
        "In 2019 and 2020 it rained.",
        "The two sides met in Kutum.",
        "The clip ran on channel 6.",
        "One appeared to sleep.",
        "The fair lasts from 12 to 15 August.",
        "He spoke at the Three Rivers dam.",
        "She took the second prize with her aides jailed.",
        "The Group of Seven met in Room 12.",
        "The council cited Article 7 and Resolutions 242 and 497.",
        "Section 177 (3) of the law applies.",
        "An F-16 passed; the AK-47 was old; Covid-19 spread.",
        "The bench ruled 6-3 against them.",
        "Call 2990-6000 or 555-1234.",
        "Dial *447*124# today.",
        f"It read {'1' * 400} and {'2' * 400}-{'3' * 400} million.",
        "Two days after the raid it rained.",
        "Guards killed in the 2012 attacks were buried.",
        "Many people watched the film 13 Hours there.",
        "It rained three years ago.",
        "It rained in the past six months.",
        "No one came; one of them slept; one day it will end.",
        "They met in the first half of the year.",
        "The third round of talks opened.",
        "The movie shows stars of the 30s.",
        "The two started to sing.",
        "1. Open the door.",
        "One resident said it rained.",
        "They went from one house to the next.",
        "The 2017 elections were close.",
        "The 311 hotline was down.",
        "They marked the death of the 3rd president.",
        "He lives at 10 Mulberry Street.",
        "Many people came, and several left.",
        "Call +258 84 555 0199 or (020) 555 0188.",
        "Phone 0800 555 018 or 020 7555 0188; tel. 555 0188.",
    ],
)
def test_no_figures(text: str, layers: Make) -> None:
    found = find(text, layers(text, [], []))
    assert [text[f.at.start : f.at.end] for f in found] == []


def test_names_of_things_hold_no_figures(layers: Make) -> None:
    text = "The Brigade 14 Museum opened."
    assert find(text, layers(text, [("Brigade 14 Museum", "Facility")], [])) == ()


def test_an_age_before_a_name_is_its_own(layers: Make) -> None:
    text = "The parents of 10-year-old Imre Valko fear for one Lena Bako."
    (found,) = find(text, layers(text, [("Imre Valko", "Person"), ("Lena Bako", "Person")], []))
    assert found.of is not None
    assert text[found.of.start : found.of.end] == "Imre Valko"


def test_an_age_belongs_to_the_person_before(layers: Make) -> None:
    text = "Maro Petrova, 34, and her son Juan (7) were there."
    found = find(text, layers(text, [("Maro Petrova", "Person"), ("Juan", "Person")], []))
    assert [(f.best, f.measure, text[f.of.start : f.of.end]) for f in found if f.of] == [
        (34, Measure.AGE, "Maro Petrova"),
        (7, Measure.AGE, "Juan"),
    ]


COUNTED = [
    ("He has one old ally.", "old ally", "ally", None),
    ("Around 20 MPs stayed.", "MPs", "MPs", None),
    ("Some 19 former NGOs signed it.", "former NGOs", "NGOs", None),
    ("They drop 4,000 bombs a month.", "bombs", "bombs", "month"),
    ("The shells hit 13 South Ostani nurses.", "South Ostani nurses", "nurses", None),
    ("It took several hundred short-range ballistic missiles.", "short-range ballistic missiles", "missiles", None),
    ("It took dozens of the old boats.", "old boats", "boats", None),
    ("It killed three US servicemen.", "US servicemen", "servicemen", None),
    ("It killed one U.S. soldier.", "U.S. soldier", "soldier", None),
    ("Two Iraqis left.", "Iraqis", "Iraqis", None),
    ("About 40,000 Rohingya fled.", "Rohingya", "Rohingya", None),
    ("About half of the children got it.", "children", "percent", None),
    ("An average of 28 children a day are killed.", "children", "children", "day"),
    ("The two-hour meeting ended.", "meeting", "hour", None),
    ("The rate is 331 cases per 10,000 people.", "cases", "cases", "10,000 people"),
    ("Farwa has 12 nurses for every 1,000 beds.", "nurses", "nurses", "1,000 beds"),
    ("It counts 3.2 deaths per 10,000 people per day.", "deaths", "deaths", "10,000 people per day"),
    ("The number of proven cases of cholera rose to 64.", "proven cases", "cases", None),
    ("The number of suspected cases stands at 9,741.", "suspected cases", "cases", None),
    ("The raid brought to 29 the number of guards killed.", "guards", "guards", None),
    ("Displaced families: 4,500", "Displaced families", "families", None),
    ("One boat in four sank.", "boat", "percent", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "of", "unit", "per"), COUNTED)
def test_what_is_counted(text: str, of: str, unit: str, per: str | None, layers: Make) -> None:
    (found,) = find(text, layers(text, [], []))
    assert found.of is not None
    assert (text[found.of.start : found.of.end], found.unit, found.per) == (of, unit, per)


def test_what_a_later_figure_counts_stands_before(layers: Make) -> None:
    text = "At least 12 people, including three children, were killed and 40 wounded."
    found = find(text, layers(text, [], []))
    assert [text[f.of.start : f.of.end] for f in found if f.of] == ["people", "children", "people"]


@pytest.mark.parametrize(
    ("text", "best", "measure"),
    [
        ("The child was the 37th to die of hunger.", 37, Measure.KILLED),
        ("She was the third nurse to be killed this year.", 3, Measure.KILLED),
        ("It was the fifth attack in a week.", 5, Measure.ATTACKS),
    ],
)
def test_ordinals_count_up_to_themselves(text: str, best: int, measure: Measure, layers: Make) -> None:
    (found,) = find(text, layers(text, [], []))
    assert (found.best, found.measure, found.ordinal) == (best, measure, True)


def test_a_number_of_its_own_borrows_nothing(layers: Make) -> None:
    text = "The league has 9 islands with a population of 4 million."
    assert [f.of is not None for f in find(text, layers(text, [], []))] == [True, False]


def test_a_running_toll_and_its_day(layers: Make) -> None:
    text = "As of Monday, 3,200 people had died. On Tuesday 12 people were killed."
    toll, incident = find(text, layers(text, [], []))
    assert (toll.cumulative, incident.cumulative) == (True, False)
    assert toll.as_of == 0
    assert incident.as_of is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The death toll from the flood rose from 30 to 45.", (30, True), (45, True)),
        ("The number of people killed in Sudan has risen from 12,000 in May to 15,000.", (12000, True), (15000, True)),
        ("Deaths rose from 30 to 45.", (30, True), (45, True)),
        ("The raid raised the toll from 41 to 44.", (41, True), (44, True)),
        ("The death toll from the flood rose by two to 45.", (2, False), (45, True)),
        ("A girl died, raising the death toll by 2 to 15.", (2, False), (15, True)),
        ("The death toll rose to 62 on Wednesday from 48.", (62, True), (48, True)),
        ("The death toll climbed to 71, up from 62 a day earlier.", (71, True), (62, True)),
        ("The death toll rose to 45 from an earlier 30.", (45, True), (30, True)),
    ],
)  # fmt: skip
def test_a_toll_that_rises(text: str, first: tuple[int, bool], last: tuple[int, bool], layers: Make) -> None:
    found = find(text, layers(text, [], []))
    assert [(f.best, f.cumulative) for f in found] == [first, last]
    assert {f.measure for f in found} == {Measure.KILLED}


@pytest.mark.parametrize(
    "text",
    [
        "Two guards were shot dead on Monday, bringing to 14 the number of people killed in raids this year.",
        "Two guards were shot dead on Monday, bringing the number of people killed in raids this year to 14.",
        "Two guards were shot dead on Monday, raising this year’s death toll to 14.",
    ],
)
def test_a_toll_that_a_deed_adds_to_runs_on_and_counts_others_too(text: str, layers: Make) -> None:
    deed, toll = find(text, layers(text, [], []))
    assert (deed.best, deed.measure, deed.cumulative) == (2, Measure.KILLED, False)
    assert (toll.best, toll.measure, toll.cumulative) == (14, Measure.KILLED, True)
    assert toll.of is None or text[toll.of.start : toll.of.end] == "people"


def test_a_toll_of_people_counts_those_who_raised_it(layers: Make) -> None:
    text = "Six people died on Monday, bringing the toll to 14."
    assert [f.of and text[f.of.start : f.of.end] for f in find(text, layers(text, [], []))] == ["people"] * 2


def test_labels_side_by_side_lend_each_other_nothing(layers: Make) -> None:
    text = "Deaths: 12; injured: 40"
    assert [f.of and text[f.of.start : f.of.end] for f in find(text, layers(text, [], []))] == [
        "Deaths",
        None,
    ]


def test_a_name_is_no_label(layers: Make) -> None:
    text = "Lena Sanders: 46."
    (found,) = find(text, layers(text, [], []))
    assert found.of is None


def test_a_number_behind_a_place_in_a_list_is_no_age(layers: Make) -> None:
    text = "Kor reported 12 dead, Ostan, 5, and Farwa, 4."
    found = find(text, layers(text, [("Kor", "Location"), ("Ostan", "Location"), ("Farwa", "Location")], []))
    assert [(f.best, f.measure) for f in found] == [(n, Measure.KILLED) for n in (12, 5, 4)]


def test_what_has_risen_lends_its_unit(layers: Make) -> None:
    text = "Unemployment rose to 7.2 percent from 6.8 a year earlier."
    found = find(text, layers(text, [], []))
    assert [(f.best, f.measure, f.unit) for f in found] == [
        (7.2, Measure.SHARE, "percent"),
        (6.8, Measure.SHARE, "percent"),
    ]


def test_what_a_toll_has_risen_through_lends_nothing(layers: Make) -> None:
    text = "The death toll rose to 62 from mud in 12 villages."
    found = find(text, layers(text, [], []))
    assert [(f.best, f.measure) for f in found] == [(62, Measure.KILLED), (12, Measure.OTHER)]


def test_from_one_number_to_another_is_no_range_where_it_changed(layers: Make) -> None:
    text = "The crew grew from 20 to 40 sailors."
    assert [(f.low, f.high) for f in find(text, layers(text, [], []))] == [(20, 20), (40, 40)]


def test_deaths_that_rose_run_on(layers: Make) -> None:
    text = "Deaths from hunger rose to 45."
    (found,) = find(text, layers(text, [], []))
    assert (found.best, found.measure, found.cumulative) == (45, Measure.KILLED, True)


def test_a_caveat_limits_the_figures_before_it(layers: Make) -> None:
    text = (
        "The ministry counts 5,412 dead. Its figures do not distinguish between fighters and others. "
        "It rained. A bus carried 14 nuns."
    )
    first, last = find(text, layers(text, [], []))
    assert [text[c.start : c.end] for c in first.caveats] == [
        "Its figures do not distinguish between fighters and others."
    ]
    assert last.caveats == ()


@pytest.mark.parametrize(
    "caveat",
    [
        "The report could not be independently verified.",
        "The claims could not immediately be confirmed.",
        "Reporters cannot verify the account.",
        "It was not possible to verify the figures.",
        "There was no independent confirmation.",
        "The toll is expected to rise.",
        "The real number may never be known.",
        "These are preliminary figures.",
        "The count excludes those who died of hunger.",
    ],
)
def test_phrases_of_caveats(caveat: str, layers: Make) -> None:
    text = f"The siege killed 140 people. {caveat}"
    (found,) = find(text, layers(text, [], []))
    assert [text[c.start : c.end] for c in found.caveats] == [caveat]


@pytest.mark.parametrize(
    "text",
    [
        "The storm killed 140 people. The ministry said its toll does not include 2 who died later.",
        "The storm killed 140 people; the toll does not count 2 missing men.",
        "The storm killed 140 people. The count is drawn from lists and excludes 2 who froze.",
    ],
)
def test_who_is_left_out_is_told_of_the_toll_before(text: str, layers: Make) -> None:
    toll, others = find(text, layers(text, [], []))
    assert len(toll.caveats) == 1
    assert others.caveats == ()


@pytest.mark.parametrize("plain", ["The figures have been independently verified.", "The rain stopped."])
def test_no_caveat(plain: str, layers: Make) -> None:
    text = f"The siege killed 140 people. {plain}"
    (found,) = find(text, layers(text, [], []))
    assert found.caveats == ()


def test_a_figure_stands_in_the_innermost_claim(layers: Make) -> None:
    text = "The mayor said that nurses reported that 14 people had died. A bus held 20 people."
    record = read(
        text,
        layers(
            text,
            [],
            [
                ("The mayor", "said", "that nurses reported that 14 people had died"),
                ("nurses", "reported", "that 14 people had died"),
            ],
        ),
    )
    inner = next(c for c in record.claims if c.cue and c.cue.text == "reported")
    toll, seats = record.figures
    assert toll.claims == (inner.id,)
    assert inner.about == (toll.id,)
    assert seats.claims == ()
    assert all(toll.id not in c.about for c in record.claims if c is not inner)


def test_vague_words_can_be_read_as_points(layers: Make) -> None:
    text = "Dozens of boats and hundreds of carts sank; tens of thousands fled."
    found = find(text, layers(text, [], []), FigureTables.load(vague="acled"))
    assert [(f.low, f.best, f.high) for f in found] == [
        (None, 12, None),
        (None, 100, None),
        (20000, None, 99999),
    ]


def test_a_view_that_no_row_has_is_the_users_to_mend() -> None:
    with pytest.raises(UserError, match=r"vague_numbers\.csv.*acled"):
        FigureTables.load(vague="loud")


def test_the_users_own_words(tmp_path: Path, layers: Make) -> None:
    (tmp_path / "vague_numbers.csv").write_text("key,words,view,low,best,high\noodles,oodles,words,50,,\n")
    (tmp_path / "measure_words.csv").write_text(
        "key,pattern,measure,place\nscooters,scooters?,weapons,noun\n"
    )
    (tmp_path / "units.csv").write_text(
        "key,pattern,unit,measure,place\nafter:league,leagues?,league,distance,after\n"
    )
    text = "They sent oodles of boats and 12 scooters over 40 leagues."
    found = find(text, layers(text, [], []), FigureTables.load(tmp_path))
    assert [(f.low, f.measure.value, f.unit) for f in found] == [
        (50, "other", "boats"),
        (12, "weapons", "scooters"),
        (40, "distance", "league"),
    ]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("units.csv", "key,pattern,unit,measure,place\nx,((,league,distance,after\n"),
        ("measure_words.csv", "key,pattern,measure,place\nx,((,killed,before\n"),
        ("figure_phrases.csv", "key,pattern,kind\nx,((,caveat\n"),
    ],
)
def test_a_bad_pattern_is_the_users_to_mend(file: str, content: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text(content)
    with pytest.raises(UserError, match=file.replace(".", r"\.")):
        FigureTables.load(tmp_path)


@pytest.mark.parametrize(
    "name",
    ["number_words", "vague_numbers", "approximators", "units", "measure_words", "figure_phrases"],
)
def test_no_key_stands_twice(name: str) -> None:
    data = Path(__file__).parent.parent.parent / "src/accordingto/data" / f"{name}.csv"
    rows = [x for x in data.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    keys = [x.split(",")[0] for x in rows]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize(
    "text", ["one hundred and " * 400, "one thousand " * 400 + "million " * 400, "9" * 400]
)
def test_numbers_without_end_are_no_figures(text: str, layers: Make) -> None:
    assert all((f.best or 0) <= 10**15 for f in find(text, layers(text, [], [])))


WORDS = st.sampled_from(
    "12 3,400 1.5 million two dozen hundreds of thousands half a third in more than nearly $ % km killed wounded people , . and "
    "( ) - to between 34 Anna 2-year-old the 37th die as Monday one 10-15 € – “ ” month per".split(" ")
)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=30), st.sampled_from([" ", "  ", "\n", ""]))
def test_spans_are_sound_in_any_text(words: list[str], glue: str) -> None:
    text = glue.join(words)
    stretch = Range(0, len(text))
    layers = Layers(words=(), sentences=(stretch,), paragraphs=(stretch,), names=(), attributions=())
    end = 0
    for found in find(text, layers):
        assert end <= found.at.start < found.at.end <= len(text)
        assert text[found.at.start : found.at.end].strip() == text[found.at.start : found.at.end]
        assert found.of is None or 0 <= found.of.start < found.of.end <= len(text)
        assert found.low is None or found.high is None or found.low <= found.high
        assert (found.low, found.best, found.high) != (None, None, None)
        end = found.at.end


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("The number of people killed in a mill fire rose to 45 on Wednesday.", 45, "Wednesday"),
        ("On Tuesday the death toll from the landslide reached 31.", 31, "Tuesday"),
        (
            "Officials raised the death toll from Monday's strike on a clinic to 45 on Wednesday.",
            45,
            "Wednesday",
        ),
        (
            "The death toll from Thursday's airstrike on a market in Kor, Freedonia, has climbed to 31.",
            31,
            None,
        ),
        ("The death toll rose to 45 after a strike on Wednesday.", 45, None),
        ("A strike on Monday killed 45 people.", 45, None),
    ],
)
def test_a_toll_is_as_of_the_day_on_which_it_rose(
    text: str, number: int, day: str | None, layers: Make
) -> None:
    record = read(text, layers(text, [], []))
    words = {t.id: t.span.text for t in record.times}
    (figure,) = (f for f in record.figures if f.best == number)
    assert figure.measure is Measure.KILLED
    assert (words[figure.as_of] if figure.as_of else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "The death toll from Thursday's airstrike on a market in Kor, Freedonia, has climbed to 31.",
        "The death toll from a boat accident off the coast of Farwa, in the east of the land, has risen to 31.",
        "The number of people killed in floods in the provinces of Kor, Farwa and Nadhor has risen to 31.",
    ],
)
def test_a_toll_counts_the_killed_however_long_its_subject_is(text: str, layers: Make) -> None:
    (figure,) = (f for f in find(text, layers(text, [], [])) if f.best == 31)
    assert figure.measure is Measure.KILLED


@pytest.mark.parametrize(
    "text",
    [
        "The death toll is unclear. Officials sent blankets to 300 tents.",
        "The death toll is unclear, but officials sent blankets to 300 tents.",
    ],
)
def test_no_toll_reaches_into_another_sentence_or_clause(text: str, layers: Make) -> None:
    (figure,) = find(text, layers(text, [], []))
    assert figure.measure is not Measure.KILLED


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("The toll of the floods in Kor stood at 12 dead.", True),
        ("The toll rose overnight to 12 dead.", True),
        ("The floods took a heavy toll on Kor and killed 12 people.", False),
        ("A flood in Kor killed 12 people and stands at the door.", False),
        ("The number of people killed by the flood has risen to 12.", True),
        ("The charity put the number of dead at 12.", True),
        ("The number of people killed was 12.", False),
    ],
)
def test_where_a_toll_stands_is_a_running_toll(text: str, running: bool, layers: Make) -> None:
    (figure,) = (f for f in find(text, layers(text, [], [])) if f.best == 12)
    assert figure.cumulative is running


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("Strikes on Kor killed 12 people, the highest toll since January.", False),
        ("The strike killed 12 people, the first deaths in the city since March.", False),
        ("It was the worst fire in the past two years and killed 12 people.", False),
        ("Strikes on Kor have killed 12 people since January.", True),
    ],
)
def test_the_worst_day_since_another_is_no_running_toll(text: str, running: bool, layers: Make) -> None:
    (figure,) = (f for f in find(text, layers(text, [], [])) if f.best == 12)
    assert figure.cumulative is running


@pytest.mark.parametrize(
    ("since", "toll"),
    [
        ("bringing the toll since October 7, 2023 to 4,455 dead", 4455),
        ("bringing the death toll since Oct. 7 to 4,455", 4455),
        ("taking the toll since June 2025 to 1,204 dead", 1204),
        ("bringing the toll since 2023 to 5,204 dead", 5204),
        ("bringing the number of people killed in the land since 2 May 2030 to 190", 190),
    ],
)
def test_a_toll_since_a_day_is_read_beside_the_day_s_own_dead(since: str, toll: int, layers: Make) -> None:
    text = f"Shells killed 17 villagers in Kor on Thursday, {since}."
    day, total = find(text, layers(text, [], []))
    assert (day.best, day.measure, day.cumulative) == (17, Measure.KILLED, False)
    assert (total.low, total.best, total.high) == (toll, toll, toll)
    assert (total.measure, total.cumulative) == (Measure.KILLED, True)


@pytest.mark.parametrize(
    "text",
    ["About 2000 to 3000 farmers were killed.", "From 12 to 15 farmers were killed on Monday."],
)
def test_a_range_is_not_cut_where_it_is_no_date(text: str, layers: Make) -> None:
    assert all(f.low != f.high for f in find(text, layers(text, [], [])))


@pytest.mark.parametrize(
    "text",
    [
        "The army handed over 203 captured soldiers.",
        "The fighters took over 203 border posts.",
        "Police turned over 203 suspects to prosecutors.",
        "Police turned 203 suspects over to prosecutors.",
        "They shot down drones over 203 villages.",
        "Drones were shot down overnight over 203 villages.",
        "Jets flew over 203 villages.",
        "The army has lost control over 203 villages.",
        "Three officers were charged over 203 deaths.",
    ],
)
def test_over_that_belongs_to_the_words_before_it_loosens_no_number(text: str, layers: Make) -> None:
    (figure,) = (f for f in find(text, layers(text, [], [])) if f.best == 203)
    assert (figure.low, figure.high) == (203, 203)
    assert text[slice(*figure.at)] == "203"
    assert figure.measure is not Measure.AGE


@pytest.mark.parametrize(
    "text",
    [
        "The fire killed over 40 villagers.",
        "The flood burned and hit over 40 villages.",
        "The fighters hold over 40 villages.",
        "The storm took over 40 lives.",
        "Police charged over 40 villagers.",
        "They shot down over 40 drones.",
        "Jets flew over 40 sorties.",
    ],
)
def test_over_that_means_more_than_still_does(text: str, layers: Make) -> None:
    (figure,) = find(text, layers(text, [], []))
    assert (figure.low, figure.high) == (41, None)


def test_someone_turns_an_age_still(layers: Make) -> None:
    text = "The boy turned 17 this week."
    assert [f.measure for f in find(text, layers(text, [], []))] == [Measure.AGE]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Fighting has driven 4,000 people from their homes in Kor.", Measure.DISPLACED),
        ("The attack forced 4,000 families out of the villages.", Measure.DISPLACED),
        ("They supplied clean water to 4,000 people in Kor.", Measure.REACHED),
        ("The agency gave out tents for 4,000 displaced families.", Measure.REACHED),
        ("The trucks brought water to 4,000 fields.", Measure.OTHER),
        ("The army drove 4,000 trucks from the port.", Measure.OTHER),
    ],
)
def test_who_is_driven_out_or_given_aid_is_counted_so(text: str, measure: Measure, layers: Make) -> None:
    (figure,) = find(text, layers(text, [], []))
    assert figure.measure is measure


@pytest.mark.parametrize(
    "text",
    [
        "He said 25 people died inside the church and 18 in nearby homes.",
        "Shells killed 25 people at the market and 18 outside a mosque.",
    ],
)
def test_a_count_by_place_goes_on_where_the_places_have_no_names(text: str, layers: Make) -> None:
    first, second = find(text, layers(text, [], []))
    assert (first.measure, second.measure) == (Measure.KILLED, Measure.KILLED)


def test_a_count_of_a_whole_named_with_its_owner_counts_the_same(layers: Make) -> None:
    text = "Fighting has spread to 13 of Freedonia's 18 states."
    assert [f.unit for f in find(text, layers(text, [], []))] == ["states", "states"]


def test_a_count_of_heads_counts_the_animals(layers: Make) -> None:
    text = "They burned 40 granaries and stole 300 head of cattle."
    assert [f.unit for f in find(text, layers(text, [], []))] == ["granaries", "cattle"]


def test_who_flees_behind_an_and_is_not_the_one_counted_before(layers: Make) -> None:
    text = "The troops neutralised 20 assailants and the column was seen fleeing."
    (figure,) = find(text, layers(text, [], []))
    assert figure.measure is Measure.OTHER


@pytest.mark.parametrize(
    ("text", "words", "percent"),
    [
        ("One in four of those killed in the landslide was a woman.", "One in four", 25),
        ("One in three of the dead was a child.", "One in three", 33.3),
        ("At least one out of five of the wounded is a child.", "At least one out of five", 20),
        ("Two of every five killed were children.", "Two of every five", 40),
        ("Some houses are dry but a third are flooded.", "a third", 33.3),
        ("One in three of the villages has no water.", "One in three", 33.3),
        (
            "They asked for 40 million crowns, but less than a quarter has been paid.",
            "less than a quarter",
            25,
        ),
    ],
)
def test_a_share_of_those_counted_is_a_share(text: str, words: str, percent: float, layers: Make) -> None:
    found = [f for f in find(text, layers(text, [], [])) if f.measure is not Measure.MONEY]
    assert [(text[f.at.start : f.at.end], f.best, f.measure) for f in found] == [
        (words, percent, Measure.SHARE)
    ]


RUNNING = [
    ("Some 120 guards were killed over the past day, taking the army’s losses since May 4, 2029 to 9,330.",
     [(120, "killed", False), (9330, "killed", True)]),
    ("The toll rose to 41 on Monday as divers pulled 11 more bodies from the lake.",
     [(41, "killed", True), (11, "killed", False)]),
    ("The toll has risen to 120 after searchers found 9 more bodies.",
     [(120, "killed", True), (9, "killed", False)]),
    ("The toll since the war began is 5,200, and 40 people were killed in the past 24 hours.",
     [(5200, "killed", True), (40, "killed", False)]),
    ("Fourteen people were killed in the capital, where 200 have died since May.",
     [(14, "killed", False), (200, "killed", True)]),
    ("Nurses vaccinated 300 children, bringing the total to 4,500.",
     [(300, "reached", False), (4500, "reached", True)]),
    ("Since October 2029, 900 people have been killed while 4,000 were wounded.",
     [(900, "killed", True), (4000, "wounded", True)]),
    ("The strike killed 12, taking deaths since May to 400.",
     [(12, "killed", False), (400, "killed", True)]),
    ("Two people died on Friday after a strike in the town, bringing the dead to 12.",
     [(2, "killed", False), (12, "killed", True)]),
    ("The total since May is 5,200 and 40 were killed on Monday alone.",
     [(5200, "killed", True), (40, "killed", False)]),
    ("The clash left 5 dead, bringing its casualties to 60.",
     [(5, "killed", False), (60, "other", False)]),
    ("The number of people killed in the siege has reached 900, two days after they put the toll above 870.",
     [(900, "killed", True), (870, "killed", True)]),
    ("Donors have so far given 2.1 million crowns, a fifth of what is needed.",
     [(2100000, "money", False), (20, "share", False)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), RUNNING)
def test_only_what_is_told_as_a_total_runs_on(
    text: str, wanted: list[tuple[int, str, bool]], layers: Make
) -> None:
    assert [(f.best, f.measure.value, f.cumulative) for f in find(text, layers(text, [], []))] == wanted


def test_a_day_s_toll_that_is_compared_with_a_total_of_something_else_lends_it_nothing(layers: Make) -> None:
    text = "The fever killed two people, bringing the number of infected villagers to 5,600."
    assert [f.measure.value for f in find(text, layers(text, [], []))] == ["killed", "other"]


CHANGED = [
    ("They put the toll at 33 but revised it down to 30.", [33, 30]),
    ("The ministry corrected its earlier toll of 58 to 52.", [58, 52]),
    ("The toll, initially given as 58, was corrected to 52.", [58, 52]),
    ("The mayor said 33 people had died, but later lowered that to 30.", [33, 30]),
    ("The army cut its toll of 58 to 52 on Friday.", [58, 52]),
]


@pytest.mark.parametrize(("text", "tolls"), CHANGED)
def test_a_corrected_toll_is_read_with_what_it_was(text: str, tolls: list[int], layers: Make) -> None:
    found = find(text, layers(text, [], []))
    assert [(f.best, f.measure) for f in found] == [(n, Measure.KILLED) for n in tolls]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor raised concerns about a number of 10 to 12 attackers.",
        "Falling rocks left a death toll of 10 to 12.",
    ],
)
def test_a_range_is_one_where_nothing_is_corrected(text: str, layers: Make) -> None:
    assert [(f.low, f.high) for f in find(text, layers(text, [], []))] == [(10, 12)]


def test_a_place_inside_what_is_counted_takes_none_of_what_is_said_of_it(layers: Make) -> None:
    text = "Some 2,700 residents of five villages were evacuated on Saturday; 1,900 of them had returned by Monday."
    all_, villages, back = find(text, layers(text, [], []))
    assert (all_.measure, villages.measure, back.measure) == (
        Measure.DISPLACED,
        Measure.OTHER,
        Measure.OTHER,
    )
    assert back.of is not None
    assert text[back.of.start : back.of.end] == "residents"
    assert (all_.as_of, villages.as_of) == (None, None)
    assert back.as_of is not None
    text = "Raiders killed 12 people in three villages, including 4 children."
    assert [f.measure.value for f in find(text, layers(text, [], []))] == ["killed", "other", "killed"]
    text = "Four soldiers in two trucks were wounded."
    assert [f.measure.value for f in find(text, layers(text, [], []))] == ["wounded", "other"]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("There were 12 per 100,000 in the capital.", "100,000"),
        ("About 12 per 100,000 people were ill.", "100,000 people"),
        ("A rate of 30 per 100 000 people is high.", "100 000 people"),
    ],
)
def test_a_rate_is_per_what_it_names(text: str, per: str, layers: Make) -> None:
    assert [f.per for f in find(text, layers(text, [], []))] == [per]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The army lost two soldiers in the ambush.", Measure.KILLED),
        ("The army has lost at least 1,300 of its fighters.", Measure.KILLED),
        ("The army lost the town and 40 soldiers were hurt.", Measure.WOUNDED),
        ("The army lost the town and 40 soldiers surrendered.", Measure.OTHER),
        ("Rebels lost three fighters killed in the hills.", Measure.KILLED),
        ("The army lost track of two soldiers.", Measure.OTHER),
        ("The firm lost two contracts.", Measure.OTHER),
        ("Police executed two search warrants.", Measure.OTHER),
    ],
)
def test_who_is_lost_in_a_fight_is_killed(text: str, measure: Measure, layers: Make) -> None:
    assert [f.measure for f in find(text, layers(text, [], []))] == [measure]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The army executed six men during operations in Kor.", Measure.KILLED),
        ("Rebels executed three soldiers under orders of their chief.", Measure.KILLED),
        ("Police executed 12 search and arrest operations.", Measure.OTHER),
        ("The army lost 20 soldiers to desertion.", Measure.OTHER),
    ],
)
def test_who_is_executed_is_killed_what_is_executed_is_not(text: str, measure: Measure, layers: Make) -> None:
    assert find(text, layers(text, [], []))[-1].measure is measure


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Five people were injured and the alert level was raised to 3.", ["wounded", "other"]),
        ("Nine people were killed, the army said, while the reward was raised to 40.", ["killed", "other"]),
        ("Nine people were killed, but the figure was later raised to 12.", ["killed", "killed"]),
        ("The toll was put at nine. It was later raised to 12.", ["killed", "killed"]),
        ("Nine people were killed. On Tuesday, the army raised the figure to 12.", ["killed", "killed"]),
        ("The storm killed nine people. It was later raised to 12.", ["killed", "other"]),
        ("Nine people were killed. The alert was raised to 3.", ["killed", "other"]),
    ],
)
def test_only_a_toll_s_own_number_is_changed(text: str, measures: list[str], layers: Make) -> None:
    assert [f.measure.value for f in find(text, layers(text, [], []))] == measures


@pytest.mark.parametrize(
    ("text", "measure", "thing"),
    [
        ("30 people died in 12 villages; the government put the number at 9.", "killed", "people"),
        ("Raiders killed 40 guards in five raids, but the rebels put the number at 12.", "killed", "guards"),
        ("50,000 people rallied in 30 cities; the police put the number at 8,000.", "other", "people"),
        ("Rebels shelled 12 villages; the army put the number at 9.", "other", "villages"),
    ],
)
def test_who_puts_a_number_otherwise_counts_the_same(
    text: str, measure: str, thing: str, layers: Make
) -> None:
    last = find(text, layers(text, [], []))[-1]
    assert last.of is not None
    assert (last.measure.value, text[last.of.start : last.of.end]) == (measure, thing)


@pytest.mark.parametrize("text", ["On Monday 10-12 were hurt.", "On Tuesday, 3-5 were killed."])
def test_a_range_of_victims_behind_a_day_is_none_of_its_hours(text: str, layers: Make) -> None:
    assert len(find(text, layers(text, [], []))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Viewing hours are Monday from 4-7 and Tuesday morning.",
        "The clinic opens from 2-3 p.m. on Tuesday.",
        "The class runs from 6 to 8:30 p.m.",
        "Two Sundays ago the gate fell.",
    ],
)
def test_hours_and_days_are_no_figures(text: str, layers: Make) -> None:
    assert find(text, layers(text, [], [])) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The Health Office said on Thursday that the toll had reached 2,160, two days after it put the toll above 2,100.",
            [None, "2030-04-16"],
        ),
        (
            "The ministry put the toll at 14 on Tuesday, a day after it had put it at 9.",
            ["2030-04-16", "2030-04-15"],
        ),
        ("The fire broke out on Thursday, two days after police put 40 people in a camp.", [None]),
        ("Police had put the toll at 40 some days before they counted 52 dead.", [None, None]),
    ],
)
def test_a_toll_that_was_put_before_is_of_that_day(text: str, days: list[str | None], reader: Reader) -> None:
    record = reader.read(text, published=date(2030, 4, 19))
    values = {t.id: t.value for t in record.times}
    assert [values[f.as_of] if f.as_of else None for f in record.figures] == days


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The group, which each year spends $3 million on seeds, denied it.", ["year"]),
        ("Every month 200 people die in the camp.", ["month"]),
        ("Each year, some 40 children are killed on the road.", ["year"]),
        ("Every year since 2018, 32 groups have asked for help.", [None]),
        ("Every day the mayor meets two farmers.", [None]),
        ("They were sentenced to two years’ jail each.", ["each"]),
    ],
)
def test_a_rate_may_stand_before_its_number(text: str, per: list[str | None], layers: Make) -> None:
    assert [f.per for f in find(text, layers(text, [], []))] == per


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("He stays on for two more years.", ("two more years", Measure.DURATION, "year")),
        ("The truce lasts six additional months.", ("six additional months", Measure.DURATION, "month")),
        ("They walked two more miles.", ("two more miles", Measure.DISTANCE, "mile")),
        ("They lost two more boats.", ("two", Measure.OTHER, "boats")),
    ],
)
def test_a_unit_stands_behind_more(text: str, figure: tuple[str, Measure, str], layers: Make) -> None:
    [found] = find(text, layers(text, [], []))
    assert (text[slice(*found.at)], found.measure, found.unit) == figure


def test_what_is_counted_ends_before_a_participle(layers: Make) -> None:
    text = "They held a four-hour conference calling on them to stop."
    [found] = find(text, layers(text, [], []))
    assert found.of is None or text[slice(*found.of)] == "conference"
