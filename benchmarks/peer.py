"""A fair peer: a spaCy pipeline (tok2vec, tagger, parser, ner) trained on the same train parts.

`python -m benchmarks.peer train` writes `work/peer` (CPU, about half an hour), `python -m benchmarks.peer measure` prints
accuracy on the same dev parts and words a second on the newswire dev articles. Runs in an environment of its own with the
package and spaCy 3.8: nothing of the package needs it. Trees are learned from UD EWT and GUM with their own tokens and
measured on gold sentences and gold tokens, an easier task than ours; entities on spaCy's tokens.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training import treebanks

from accordingto.spans import Range
from benchmarks import corpora

WORK = Path("work/peer")


def tree_docs(nlp: Any, folder: Path, name: str, part: str) -> Iterator[Any]:
    """Gold sentences of a treebank as spaCy documents of up to ten sentences."""
    from spacy.tokens import Doc

    for tree in treebanks.trees(folder / f"syntax/{name}/{part}.conllu.gz"):
        for i in range(0, len(tree.sentences), 10):
            words: list[str] = []
            spaces, heads, deps, tags, starts = [], [], [], [], []
            for s in tree.sentences[i : i + 10]:
                base = len(words)
                for j, w in enumerate(s.words):
                    words.append(tree.text[w.at.start : w.at.end] or "_")
                    spaces.append(tree.text[w.at.end : w.at.end + 1].isspace())
                    heads.append(base + (w.head if w.head >= 0 else j))
                    deps.append("ROOT" if w.head < 0 else w.relation)
                    tags.append(w.pos)
                    starts.append(j == 0)
            yield Doc(nlp.vocab, words, spaces=spaces, heads=heads, deps=deps, tags=tags, pos=tags)


def name_docs(nlp: Any, folder: Path, part: str) -> Iterator[Any]:
    """The newswire articles, paragraph by paragraph, with their outermost entities."""
    for x in corpora.lines(folder / f"newswire_ner/{part}.jsonl.gz"):
        at = 0
        for line in x["text"].split("\n"):
            doc = nlp.make_doc(line)
            spans = [
                doc.char_span(s - at, e - at, label=label, alignment_mode="expand")
                for s, e, label in x["entities"]
                if at <= s and e <= at + len(line)
            ]
            from spacy.util import filter_spans

            doc.ents = filter_spans([s for s in spans if s is not None and s.text.strip()])
            at += len(line) + 1
            if len(doc):
                yield doc


def train(folder: Path, minutes: float) -> None:
    """Train and keep the pipeline."""
    import random

    import spacy
    from spacy.training import Example
    from spacy.util import compounding, minibatch

    nlp = spacy.blank("en")
    config = {
        "model": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "width": 128,
            "depth": 6,
            "embed_size": 4000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
            "pretrained_vectors": None,
        }
    }
    nlp.add_pipe("tok2vec", config=config)
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 128, "upstream": "tok2vec"}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    transition = {"hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": listener}
    for name, state, extra in (("parser", "parser", 8), ("ner", "ner", 6)):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": state,
            "extra_state_tokens": extra == 6,
            **transition,
        }
        nlp.add_pipe(name, config={"model": model})
    docs = [d for t in ("ewt", "gum") for d in tree_docs(nlp, folder, t, "train")]
    docs += list(name_docs(nlp, folder, "train"))
    examples = []
    for doc in docs:
        start = spacy.tokens.Doc(nlp.vocab, [t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        examples.append(Example(start, doc))
    nlp.initialize(lambda: examples)
    optimizer = nlp.resume_training()
    rng = random.Random(7)
    begun, number = time.time(), 0
    while time.time() - begun < 60 * minutes:
        rng.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, size=compounding(8.0, 48.0, 1.001)):
            nlp.update(batch, sgd=optimizer, drop=0.1, losses=losses)
            if time.time() - begun > 60 * minutes:
                break
        number += 1
        print(f"epoch {number}: {losses} after {(time.time() - begun) / 60:.0f} minutes", flush=True)
        nlp.to_disk(WORK)


def measure(folder: Path) -> None:
    """Accuracy and speed."""
    import spacy

    nlp = spacy.load(WORK)
    for name in ("ewt", "gum"):
        words = heads = labelled = tags = 0
        for gold in tree_docs(nlp, folder, name, "dev"):
            for sent in gold.sents:
                doc = spacy.tokens.Doc(
                    nlp.vocab, [t.text for t in sent], spaces=[bool(t.whitespace_) for t in sent]
                )
                for i, token in enumerate(doc):
                    token.is_sent_start = i == 0
                for pipe in ("tok2vec", "tagger", "parser"):
                    doc = nlp.get_pipe(pipe)(doc)
                for mine, true in zip(doc, sent, strict=True):
                    words += 1
                    tags += mine.tag_ == true.tag_
                    if mine.head.i == true.head.i - sent.start:
                        heads += 1
                        labelled += mine.dep_.split(":")[0] == true.dep_.split(":")[0]
        print(
            f"{name}: UPOS {100 * tags / words:.1f} UAS {100 * heads / words:.1f} LAS {100 * labelled / words:.1f}"
        )
    hit = found = wanted = 0
    texts = []
    for x in corpora.lines(folder / "newswire_ner/dev.jsonl.gz"):
        texts.append(x["text"])
        seen: set[tuple[Range, str]] = set()
        at = 0
        for line in x["text"].split("\n"):
            for e in nlp(line).ents:
                seen.add((Range(at + e.start_char, at + e.end_char), e.label_))
            at += len(line) + 1
        gold_names = {(Range(s, e), label) for s, e, label in x["entities"]}
        hit, found, wanted = hit + len(gold_names & seen), found + len(seen), wanted + len(gold_names)
    print(
        f"entities: P {100 * hit / found:.1f} R {100 * hit / wanted:.1f} F1 {200 * hit / (found + wanted):.1f}"
    )
    begun = time.time()
    for _ in nlp.pipe(texts, batch_size=32):
        pass
    took = time.time() - begun
    print(f"{sum(len(t.split()) for t in texts) / took:.0f} words/s, {len(texts) / took:.1f} reports/s")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=("train", "measure"))
    ap.add_argument("--minutes", type=float, default=30)
    args = ap.parse_args()
    folder = corpora.shared_folder() / "corpora"
    if args.what == "train":
        train(folder, args.minutes)
    else:
        measure(folder)


if __name__ == "__main__":
    main()
