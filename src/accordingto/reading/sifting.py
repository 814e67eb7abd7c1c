"""Which attributions of a document are claims, and which of their contents belong to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.acts import cue_row, row_of
from accordingto.reading.cuespans import smallest
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.rises import CHANGED_TOLL
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.spans import Cover, Range, trim

LEAVING_OUT = re.compile(
    r"(?:do|does|did)(?: not|n['’]t) (?:distinguish|differentiate|include|separate|count)\b", re.I
)
GROWING = re.compile(r"add(?:s|ed|ing)?$", re.I)
MORE = re.compile(r"to (?:the|an?|his|her|its|their|our|this|these|those|more|already|existing|\d)\b", re.I)
UNNAMED = re.compile(
    r"\banonym(?:ity|ously)\b.*\bto \w+$", re.I | re.S
)  # "spoke on condition of anonymity to discuss"
CONDITION = re.compile(r"(?<![\w’'-])(?<!even )(?:if|unless)\s+$", re.I)
AGAINST = r"\b(?:contrary to|unlike|despite|in spite of|notwithstanding|in contrast (?:to|with)|regardless of|no matter)"
CONTRASTED = re.compile(
    rf"{AGAINST} (?:what|(?P<noun>(?:[\w’'-]+ ){{0,5}}))(?(noun)|\b[^.,;:!?\n]{{0,100}})$", re.I
)
WORD = r"(?!(?:that|who|which|despite)\b)[^\s,;:.!?]+"
DENIED = re.compile(
    rf"\b(?:despite|in spite of|notwithstanding) (?:(?:[\w’'-]+ ){{0,3}}?(?P<cue>denials?) (?:by|from) (?P<by>{WORD}(?: {WORD}){{0,7}})|"
    rf"(?P<owner>(?:{WORD} ){{0,6}}?(?:its|his|her|their|[\w-]+['’]s?)) (?:[\w-]+ )?(?P<own>denials?)), ",
    re.I,
)
DENIABLE = (Act.ASSERT, Act.ACCUSE, Act.CONFIRM)
OWNED = re.compile(r"(?:['’]s?|\b(?:its|his|her|their|official|such|these|those)) (?:[\w-]+ )?$", re.I)
OWNER = re.compile(r" (?:by|from|of|in|on)\b")
WHEN = re.compile(
    r"(?:on|in|at|during|last|this|earlier|yesterday|to|after|before|about|over|when|while)\b", re.I
)
AUXILIARY = r"(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could|should|shall|may|might|must)(?:n['’]t)?"
ASKER = r"(?:what|why|how|when|where|who|whom|whose|which)"
START = r"(?:^|[.!?:;—–\n“\"‘(]\s*)(?:(?:and|but|so|or|then|yet),? )?"
INVERTED = rf"(?:{ASKER},?(?: [\w’'-]+,?){{0,3}}? )?{AUXILIARY} "
ASKING = re.compile(rf"(?:{START}|, ){INVERTED}$|{START}(?:who|what|which) $", re.I)
LEAD = re.compile(INVERTED, re.I)
WHO = re.compile(r"(?:who|what|which|whose|how many)\b", re.I)
BUT = re.compile(r"(?:but|while|whereas|and|yet|although|though)\b", re.I)
FEAR = re.compile(r"fears?(?: of| for| that)?", re.I)
OUT_OF = re.compile(r"\s*(?:(?:out of|for|from|through) )?(?:the |a )?", re.I)
OPENED = re.compile(rf"{START}$", re.I)
ASKED = re.compile(r"[^.!?\n]*\?")
BEFORE = 120  # characters before a claim that tell whether it is a question's or is gainsaid


def spoken(text: str, attributions: Sequence[Attribution], tables: ReadingTables) -> tuple[Attribution, ...]:
    """The attributions without those in which something adds to something ("the deaths add to the toll") or counts tell what they
    leave out ("the figures do not distinguish between"), which limits them and says nothing; without what people want to talk of unnamed
    ("spoke on condition of anonymity to discuss the plan"); without what may yet be said ("if the court finds that"); without what
    `data/no_claims.csv` knows ("denied bail", "seeks to", "known as"); without deeds that no table knows as words of saying or thinking
    ("the police collected samples"); and without what a question asks ("does the mayor blame them?"). What holds against somebody's words
    ("contrary to what the army claims, …") isn't theirs.
    """
    said = Cover([c for a in attributions for c in a.content])
    return tuple(
        a
        for a in (without_rebuttal(text, a) for a in attributions)
        if not (a.cue and a.content and GROWING.match(text, *a.cue) and MORE.match(text, a.content[0].start))
        and not (a.source and a.cue and supposed(text, a.source, said))
        and a.content
        and not (a.cue and in_question(text, a, a.cue))
        and not (a.cue and before_main_clause(text, a, a.cue))
        and not (a.cue and a.source is None and FOR_PURPOSE.match(text, *a.cue))
        and not (
            a.cue and (another_clause(text, a, a.cue, tables) or unnamed_out_of_fear(text, a.cue, tables))
        )
        and not (a.cue and (LEAVING_OUT.match(text, *a.cue) or UNNAMED.search(text, *a.cue)))
        and (
            a.cue is None or (telling(text, a.cue, a.content, tables) and not unsaid(text, a, a.cue, tables))
        )
    )


OWN = frozenset("his her its their".split())
VOICING = frozenset(
    "express voice convey reiterate affirm reaffirm repeat renew restate declare underline underscore stress emphasize emphasise".split()
)
MANNER = re.compile(r"^(?:(?:both|all|strongly|deeply)\s+)?$")
SUBORDINATE = re.compile(r"(?:^|[.!?\n“\"]\s*)(?:when|after|if|once|because|while|although|though) $", re.I)
FOR_PURPOSE = re.compile(r"to (?:oppose|protest|resist|support|back|demonstrate)\b", re.I)


def without_twins(
    text: str, attributions: Sequence[Attribution], tables: ReadingTables
) -> tuple[Attribution, ...]:
    """The attributions without the feelings that are what their own speaker expresses: “[The envoy] [expressed] [his concern about the raid]” is one claim.

    What somebody promises or refuses stands inside of what they express: “They [expressed] [their refusal to leave]”.
    """
    voiced = {
        c.start
        for a in attributions
        if a.cue and VOICING.intersection(tables.lemma(w) for w in text[slice(*a.cue)].lower().split())
        for c in a.content
        if c.start >= a.cue.end
    }
    return tuple(
        a
        for a in attributions
        if not (
            a.source
            and a.cue
            and text[slice(*a.source)].lower() in OWN
            and (row := cue_row(text, a.cue, tables)) is not None
            and row.act is Act.OPINE
            and any(at <= a.source.start and MANNER.match(text[at : a.source.start]) for at in voiced)
        )
    )


def before_main_clause(text: str, a: Attribution, cue: Range) -> bool:
    """Whether a cue ends a clause of time or condition, and what seems its content is the main clause: “When he refused, [the truck sped away]”."""
    begin = min(cue.start, a.source.start) if a.source else cue.start
    first = a.content[0]
    return (
        first.start >= cue.end
        and text[cue.end : first.start].strip() == ","
        and text[first.start] not in QUOTED
        and SUBORDINATE.search(text[max(0, begin - 16) : begin]) is not None
    )


def another_clause(text: str, a: Attribution, cue: Range, tables: ReadingTables) -> bool:
    """Whether a silence has the next clause for its only content: “The army has not commented, [but the mayor said]”; it is found anew by its words."""
    first = a.content[0]
    row = cue_row(text, cue, tables) if len(a.content) == 1 and first.start >= cue.end else None
    silent = row is not None and row.act in (Act.SILENT, Act.DECLINE)
    return silent and text[cue.end : first.start].strip() == "," and BUT.match(text, *first) is not None


def unnamed_out_of_fear(text: str, cue: Range, tables: ReadingTables) -> bool:
    """Whether a cue is the fear out of which somebody isn't named: “asked not to be named out of [fear of] reprisals”."""
    if FEAR.fullmatch(text, *cue) is None:
        return False
    reasons = tables.anonymity.finditer(text, max(0, cue.start - BEFORE), cue.end)
    return any(m.end() <= cue.start and OUT_OF.fullmatch(text, m.end(), cue.start) for m in reasons)


def without_rebuttal(text: str, a: Attribution) -> Attribution:
    """An attribution without what the report says against it: “Contrary to what [the army] [claimed], nobody died”; nothing may be left."""
    if a.cue is None:
        return a
    begin = min(r.start for r in (a.source, a.cue) if r)
    opening = text[max(0, begin - BEFORE) : a.cue.start].rpartition("\n")[2]
    m = CONTRASTED.search(opening)
    if m is None:
        return a
    if m["noun"] is not None and not OWNED.search(opening) and not OWNER.match(text, a.cue.end):
        return a
    start = a.cue.start - len(opening) + m.start()
    end = text.find(",", max(r.end for r in (a.source, a.cue) if r))
    own = []
    for c in a.content:
        cut = m["noun"] is None and c.start < end < c.end
        if c.end <= start or c.start > end > 0 or (cut and WHEN.match(text, c.start)):
            continue
        own.append(Range(c.start, end) if cut else c)
    if all(text[slice(*c)].lower() == "what" for c in own):
        return replace(a, content=())
    return replace(a, content=tuple(own))


def with_denials(text: str, attributions: Sequence[Attribution], tables: ReadingTables) -> list[Attribution]:
    """The attributions and those who deny what others say: “Despite denials by [the ministry], residents said [the bridge was bombed]”."""
    out = list(attributions)
    for m in DENIED.finditer(text):
        source, cue = (Range(*m.span(g)) for g in (("by", "cue") if m["by"] else ("owner", "own")))
        told = (a for a in attributions if a.cue and a.source and a.source.start == m.end())
        rows = ((cue_row(text, a.cue, tables), a.content) for a in told if a.cue)
        said = next((content for row, content in rows if row and row.act in DENIABLE), None)
        if said is not None:
            out = [a for a in out if a.cue is None or not a.cue.overlaps(cue)]
            out.append(Attribution(source, cue, said, 1.0))
    return out


def in_question(text: str, a: Attribution, cue: Range) -> bool:
    """Whether a cue is the verb of a question: “Does [the mayor] [blame] the rebels?”"""
    end = max(cue.end, *(c.end for c in a.content))
    if text[end - 1] != "?" and ASKED.match(text, end) is None:
        return False
    verb = min(r.start for r in (a.source, cue) if r is not None)
    lead = LEAD.match(text, verb, cue.start)
    begins = (lead.end() if lead else verb, min(verb, *(c.start for c in a.content)))
    if any(ASKING.search(text[max(0, b - BEFORE) : b]) for b in begins):
        return True
    return a.source is not None and WHO.match(text, *a.source) is not None and opens(text, verb)


def opens(text: str, at: int) -> bool:
    """Whether a sentence or quotation begins at a character."""
    return OPENED.search(text[max(0, at - BEFORE) : at]) is not None


def supposed(text: str, source: Range, said: Cover) -> bool:
    """Whether the reporter only supposes that somebody says so; what others suppose belongs to what they say."""
    return bool(CONDITION.search(text, max(0, source.start - 14), source.start)) and not said.containing(
        source
    )


def unsaid(text: str, a: Attribution, cue: Range, tables: ReadingTables) -> bool:
    """Whether an attribution has the form of a row of `data/no_claims.csv`, or says no more than a pronoun ("is highly regarded" of "she")."""
    said = " ".join(text[slice(*c)] for c in a.content)
    if said.lower() in PERSONAL and ((row := cue_row(text, cue, tables)) is None or row.act in WORDLESS):
        return True
    return any(
        p.match(f"{words} | {said[:LOOKED_AT]}")
        for words in {" ".join(text[slice(*at)].split()).lower() for at in (cue, smallest(text, cue, tables))}
        for p, sourced in tables.no_claims(words)
        if sourced or a.source is None
    )


PERSONAL = frozenset("he she him her them me us you who whom".split())
WORDLESS = (Act.ASSERT, Act.OPINE)
LOOKED_AT = 80  # characters of a content
PHRASE_ENDS = ("case", "punct", "mark", "cc", "aux", "cop")  # relations of words that end a noun's phrase
QUOTED = '“"«‘'
LEARNED = re.compile(
    r"\b(?:it (?:was|is|has been|had been) (?:\w+ly )?|(?P<who>(?:our|this) (?:correspondents?|reporters?|newspaper|paper|medium)) )"
    r"(?P<cue>\w+ed|learnt|said|told) $",
    re.I,
)
NEAR = 48  # characters before a content


def gathered(text: str, layers: Layers) -> list[Attribution]:
    """The attributions without what stands in another sentence than their cue and is no quotation that goes on.

    What stands so behind words that name nobody ("It was learned that …"), and a quotation from another paragraph than the cue of nobody in
    particular ("… has been described as"), is one of its own.
    """
    out: list[Attribution] = []
    for a in (with_all_rounds(text, layers, a) for a in layers.attributions):
        told = a.cue is not None and any(
            c.isalpha() for c in text[slice(*a.cue)]
        )  # no mere sign of whose turn it is
        far = [c for c in a.content if apart(layers, c, a.cue)] if a.cue and told else []
        line = [c for c in far if a.cue and "\n" not in text[slice(*between(c, a.cue))]]
        said = [c for c in far if text[c.start] in QUOTED or (c in line and quotes(text, c))]
        going_on = [c for c in said if a.source or c in line]
        near = tuple(c for c in a.content if c not in far or c in going_on)
        if a.cue is None and a.source is None and len(a.content) == 1:
            out.append(learned(text, a.content[0], a.score) or a)
        elif not near or len(near) == len(a.content):
            out.append(a)
        else:
            out.append(replace(a, content=near))
            out += [Attribution(None, None, (c,), a.score) for c in said if c not in going_on]
            out += [alone for c in far if c not in said and (alone := learned(text, c, a.score))]
    return out


def with_all_rounds(text: str, layers: Layers, a: Attribution) -> Attribution:
    """An attribution whose content isn't cut within what comes again and again: “ordered [wave after wave of arrests]”."""
    last, syntax = a.content[-1], layers.syntax
    word = text[slice(*last)]
    again = (
        re.compile(rf" (?:after|upon) {re.escape(word)}\b(?P<of> of\b)?").match(text, last.end)
        if word.isalpha()
        else None
    )
    if again is None or syntax is None:
        return a
    end, w = again.end(), layers.word_at(again.end())
    while again["of"] and w < len(layers.words) and syntax.relation(w) not in PHRASE_ENDS:
        end, w = layers.words[w].end, w + 1
    return replace(a, content=(*a.content[:-1], Range(last.start, end)))


def quotes(text: str, said: Range) -> bool:
    """Whether a content holds somebody's own words: “A report on him ‘indicated a risk of relapse’.”"""
    return any(mark in text[slice(*said)] for mark in '"“')


def learned(text: str, said: Range, score: float) -> Attribution | None:
    """The attribution of what stands behind words of the house or of nobody: "[it was] learned", "our correspondent gathered"."""
    m = LEARNED.search(text, max(0, said.start - NEAR), said.start)
    if m is None:
        return None
    return Attribution(Range(*m.span("who")) if m["who"] else None, Range(*m.span("cue")), (said,), score)


def apart(layers: Layers, said: Range, cue: Range) -> bool:
    """Whether a content and a cue stand in two sentences."""
    gap = between(said, cue)
    return any(gap.start < s.start <= gap.end for s in layers.sentences)


def between(said: Range, cue: Range) -> Range:
    """The characters between a content and a cue."""
    return Range(min(said.end, cue.end), max(said.start, cue.start))


CONTENT_OF_WORDS = re.compile(r"(?:that|whether|how|why|what)\b|[^“”\"]*[“”\"]", re.I)


def telling(text: str, cue: Range, content: Sequence[Range], tables: ReadingTables) -> bool:
    """Whether a cue has a row in `data/cues.csv`, alone or with the word that follows it, is a mere sign (":") or changes a toll,
    or its content shows by its form that it was said.
    """
    return (
        cue_row(text, cue, tables) is not None
        or governs(text, cue, content, tables)
        or not any(c.isalpha() for c in text[slice(*cue)])
        or CHANGED_TOLL.match(text, cue.start) is not None
        or any(CONTENT_OF_WORDS.match(text, *c) for c in content)
    )


GOVERNED = frozenset("to for of on about against".split())


def governs(text: str, cue: Range, content: Sequence[Range], tables: ReadingTables) -> bool:
    """Whether a cue has a row in `data/cues.csv` with the word that it governs, which begins the content: “[keen] [to avoid a war]”."""
    first = next((c for c in content if c.start >= cue.end), None)
    if first is None or text[cue.end : first.start].strip():
        return False
    word = text[slice(*first)].split(maxsplit=1)[0].lower()
    row = row_of(f"{text[slice(*cue)].lower()} {word}", tables) if word in GOVERNED else None
    return row is not None and row.cue.endswith(f" {word}")


MEANWHILE = frozenset("as while after amid".split())
PRONOUNS = frozenset("he she it they we".split())
SAID_IN_HEADLINES = ("xcomp", "ccomp", "advcl", "acl", "root", "conj")


def without_asides(text: str, layers: Layers, headlines: Sequence[Range]) -> tuple[Attribution, ...]:
    """The attributions; in a headline nobody says what happened meanwhile: “Army denies [strike] as toll rises to 17”."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return layers.attributions
    out = []
    for a in layers.attributions:
        last = a.content[-1]
        if a.cue and last.start >= a.cue.end and any(h.contains(last) for h in headlines):
            said = Range(last.start, meanwhile(text, layers, last, syntax))
            a = replace(a, content=(*a.content[:-1], trim(text, said, " ,;:—–-")))
        out.append(a)
    return tuple(out)


def meanwhile(text: str, layers: Layers, said: Range, syntax: Syntax) -> int:
    """Where the clause of another deed begins in what is said that has no clause of its own; else where that ends."""
    inside = layers.words_in(said)
    for w in inside[1:]:
        at = layers.words[w]
        if text[slice(*at)].lower() not in MEANWHILE:
            continue
        before, behind = range(inside.start, w), range(w + 1, inside.stop)
        if behind and text[slice(*layers.words[behind[0]])].lower() in PRONOUNS:  # "… of medics as they fled"
            continue
        if is_clause(text, layers, behind, syntax) and not is_clause(text, layers, before, syntax):
            return at.start
    return said.end


def is_clause(text: str, layers: Layers, words: range, syntax: Syntax) -> bool:
    """Whether words of a headline have a subject and its verb; a number before a verb is one ("40 Flee Gao")."""
    return any(
        (syntax.relation(w) == "nsubj" and w < syntax.heads[w] < words.stop)
        or (
            text[layers.words[w].start].isdigit()
            and w + 1 in words
            and syntax.relation(w + 1) in SAID_IN_HEADLINES
        )
        for w in words
    )
