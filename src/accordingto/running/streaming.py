"""Many reports, records in their order: by the reader at hand, by processes of this machine, or by a Ray cluster.

A few reports are read by the reader at hand, since every other one takes seconds to begin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain, islice
from threading import Lock

from accordingto import crews
from accordingto.errors import ReportError
from accordingto.intake.report import RawReport
from accordingto.reading.reader import Reader, batched
from accordingto.running import cluster as clusters
from accordingto.running import local
from accordingto.running.tasks import DIED, Result, Workers, asked

FEW = 96  # reports up to which no other process pays: two processes begin to gain there on two cores


def stream(
    reader: Reader,
    reports: Iterable[RawReport | ReportError],
    *,
    processes: int = 0,
    cluster: str | None = None,
) -> Iterator[Result]:
    """Records of many reports, in order; a report that can't be read comes out as its error.

    Args:
        reader: reads few reports, and whatever no worker could be sent.
        processes: how many read at once; 0 for one a core as far as the memory goes, 1 for `reader` alone.
        cluster: the address of a Ray cluster (`cluster.crew`), whose processors are counted in the place of this machine's.

    Raises:
        UserError: where a cluster is named and Ray isn't installed.
        FatalError: where the cluster can't be reached, has no room, or reads with another model.
    """
    rest = iter(reports)
    first = list(islice(rest, FEW + 1))
    count = processes or (2 if cluster else local.affordable(reader))
    if count < 2 or (len(first) <= FEW and not processes):
        yield from reader.stream(chain(first, rest))
        return
    making = replace(reader.making, options=replace(reader.options, threads=1))
    mine = Lock()  # for `reader`
    crew: AbstractContextManager[Workers]
    if cluster:
        crew = clusters.crew(cluster, making, reader.model, processes)
    else:
        crew = crews.crew(local.__name__, count)
    with crew as hired:

        def read(group: Sequence[RawReport | ReportError]) -> list[Result]:
            good = [r for r in group if isinstance(r, RawReport)]
            try:
                found = asked(hired, making, good)
            except UnicodeEncodeError:  # half a character, which no message can hold
                with mine:
                    found = list(reader.stream(good))
            if found is None:  # find the one that ends its reader, keep the others
                found = [
                    one for r in good for one in asked(hired, making, [r]) or [ReportError(r.name, DIED)]
                ]
            each = iter(found)
            return [r if isinstance(r, ReportError) else next(each) for r in group]

        for results in hired.each(batched(chain(first, rest), reader.options.reports), read):
            yield from results
