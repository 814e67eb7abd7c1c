"""`python -m benchmarks.windows`: what the length of the network's windows costs and brings, as a curve.

For each pair of longest window and context (word pieces) PolNeAR dev is read with one thread: exact F1 of sources, cues and
contents, and milliseconds of the forward passes for 1,000 words.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from accordingto.reading.reader import Reader, Reading
from benchmarks import accuracy, corpora

PAIRS = ((64, 16), (96, 24), (128, 32), (192, 24), (192, 40), (256, 40), (256, 64), (384, 64))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=Path, default=None)
    args = ap.parse_args()
    folder = corpora.shared_folder()
    words = sum(len(text.split()) for text, _ in corpora.polnear(folder))
    print(
        "| longest | context | source | cue | content | ms a 1,000 words |\n|---:|---:|---:|---:|---:|---:|"
    )
    for longest, context in PAIRS:
        reader = Reader(args.model, options=Reading(longest=longest, context=context, threads=1))
        reader.layers(["Warm up, said the engineer."])
        reader.network.seconds = 0.0
        table = accuracy.attribution(reader, folder)
        figures = " | ".join(f"{table[f'{k}, exact'].f1:.1f}" for k in ("source", "cue", "content"))
        print(
            f"| {longest} | {context} | {figures} | {1e6 * reader.network.seconds / words:.0f} |", flush=True
        )


if __name__ == "__main__":
    main()
