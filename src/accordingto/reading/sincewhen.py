"""What is compared with the past: "the highest toll since January", "the first deaths in the past two years".

Such words tell no time from which something is counted, and none at which anything happened.
"""

from __future__ import annotations

import re

from accordingto.spans import Range

NOUNS = (
    "(?:(?:north|south|mid)?(?:west|east)|(?:pro|con|de|at)?test|arrest|inter?est|guest|quest|request|conquest|"
    "forest|harvest|rest|unrest|priest|chest|nest|manifest|behest|crest|budapest|bucharest)"
)
MOST = rf"(?:(?!{NOUNS}\b)[a-z]{{2,}}est|worst|most)"
BEST_OF = re.compile(
    rf"\b(?:(?:(?:the|its|their|an?|another) |['’]s? )(?:[\w-]+ )?(?:{MOST}|first|(?:second|third|\w+th) (?:such|\w+ of its kind))\b[^.;:,]{{0,60}}?"
    rf"|{MOST} )\b(?:since|(?:in|over|during|within) (?:the |its )?(?:past|last|previous|recent))\b[^.;:,]*",
    re.I,
)


def compared(text: str, around: Range) -> list[Range]:
    """Where a sentence compares something with what came before it, up to the next pause."""
    return [Range(*m.span()) for m in BEST_OF.finditer(text, *around)]
