from __future__ import annotations

import gzip
from pathlib import Path

from training.treebanks import lay_over, trees

from accordingto.reading.sentences import find_words

CONLLU = """# newdoc id = one
# sent_id = one-1
# text = We cannot go to St. Ives, don't we?
1\tWe\twe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tcannot\t_\t_\t_\t_\t_\t_\t_\t_
2\tcan\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tnot\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_
5\tto\tto\tADP\tIN\t_\t6\tcase\t_\t_
6\tSt.\tSt.\tPROPN\tNNP\t_\t4\tobl\t_\t_
7\tIves\tIves\tPROPN\tNNP\t_\t6\tflat\t_\tSpaceAfter=No
8\t,\t,\tPUNCT\t,\t_\t9\tpunct\t_\t_
9-10\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
9\tdo\tdo\tAUX\tVBP\t_\t4\tparataxis\t_\t_
10\tn't\tnot\tPART\tRB\t_\t9\tadvmod\t_\t_
11\twe\twe\tPRON\tPRP\t_\t9\tnsubj\t_\tSpaceAfter=No
12\t?\t?\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# sent_id = one-2
# text = Go.
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""


def test_a_treebanks_words_lie_over_ours(tmp_path: Path) -> None:
    file = tmp_path / "x.conllu.gz"
    file.write_bytes(gzip.compress(CONLLU.encode()))
    [tree] = trees(file)
    assert tree.text == "We cannot go to St. Ives, don't we?\n\nGo."
    assert [tree.text[slice(*w.at)] for w in tree.sentences[0].words] == [
        *("We", "can", "not", "go", "to", "St.", "Ives", ",", "do", "n't", "we", "?")
    ]
    words = find_words(tree.text)
    at, stands, owner = lay_over(words, tree.sentences[0])
    ours = [tree.text[slice(*w)] for w in words[at.start : at.end]]
    assert ours == ["We", "cannot", "go", "to", "St", ".", "Ives", ",", "don", "'", "t", "we", "?"]
    assert [ours[s] for s in stands] == [
        *("We", "cannot", "cannot", "go", "to", "St", "Ives", ",", "don", "'", "we", "?")
    ]
    assert owner == [0, 1, 3, 4, 5, 5, 6, 7, 8, 9, 9, 10, 11]
