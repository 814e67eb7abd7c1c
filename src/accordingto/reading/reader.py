"""The road itself: a report in, a record out.

RawReport → Document → words → windows → Scores → Layers → times, places, figures, events,
entities, claims → Record
"""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from accordingto.errors import ReportError, UserError
from accordingto.intake.report import RawReport
from accordingto.reading import decoding, sentences, windows
from accordingto.reading.assembly import assemble, told_times
from accordingto.reading.decoding import Wanted
from accordingto.reading.document import as_seen, datelines, document, document_of, evidence, headlines
from accordingto.reading.elsewhen import parted
from accordingto.reading.events import EventTables, FoundEvent, find_events
from accordingto.reading.eventwords import EventWords
from accordingto.reading.fiction import Imagined
from accordingto.reading.figures import FigureTables, FoundFigure, find_figures
from accordingto.reading.layers import Layers, Timex
from accordingto.reading.learned import Scores
from accordingto.reading.lexicon import Class
from accordingto.reading.meaning import Embedder
from accordingto.reading.network import Network
from accordingto.reading.placenames import find_places
from accordingto.reading.places import PlaceFinder
from accordingto.reading.placeuses import PlaceUses
from accordingto.reading.tables import ReadingTables
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.reading.timeshifts import with_distances
from accordingto.reading.tolls import with_tolls
from accordingto.reading.turns import entries, turns
from accordingto.reading.wholenames import with_whole_names
from accordingto.reading.wirecopy import as_given, flowing, in_capitals, recased
from accordingto.record import Document, Record
from accordingto.spans import Range

Group = Sequence[RawReport | ReportError]
Seen = tuple[list[Document], list[decoding.Text], list[Scores]]
WIDEST = 512  # word pieces that the encoder has positions for
LONGEST = 256  # word pieces of a window; see docs/speed.md
AHEAD = 2  # groups that the network reads ahead: while the words of one are cut to pieces, it has the other
UNCHECKED = 50_000  # new objects after which Python looks for unused circles among them
BRISK = 0.0005  # seconds after which a thread of Python's own lets another have a turn
SENT_FROM = 10_000  # people of a town that opens a report without a day or an agency beside it
CONTEXT = 48  # word pieces of a window that repeat what stood before it


@dataclass(frozen=True, slots=True)
class Reading:
    """How a reader works: reports a group, windows a forward pass, threads (0: all cores).

    `vague` names the reading of vague numbers ("dozens"): a view of `vague_numbers.csv`; `backend` what runs the
    network (`network.BACKENDS`), None for the fastest that fits the machine.

    One window a pass costs little speed (docs/speed.md) and makes a record independent of the reports that
    are read beside it: int8 activations are scaled by what is in the pass.

    Raises:
        UserError: where a number is none that a reader can work with.
    """

    reports: int = 4
    windows: int = 1
    threads: int = 0
    longest: int = LONGEST
    context: int = CONTEXT
    vague: str = "words"
    backend: str | None = None

    def __post_init__(self) -> None:
        least = {"reports": 1, "windows": 1, "threads": 0, "context": 0, "longest": windows.LONGEST_WORD + 3}
        for name, low in least.items():
            if (told := getattr(self, name)) < low:
                raise UserError(f"{name} is {told}; give {low} or more.")
        if self.longest > WIDEST:
            raise UserError(f"longest is {self.longest}; the network sees {WIDEST} word pieces at most.")


@dataclass(frozen=True, slots=True)
class Making:
    """What a reader is made of, so that other processes can make the same one; folders and files as paths."""

    model: str | None
    options: Reading
    tables_dir: str | None
    gazetteer: str | None

    def reader(self) -> Reader:
        """A reader made so."""
        return Reader(self.model, options=self.options, tables_dir=self.tables_dir, gazetteer=self.gazetteer)


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A record with what it was made of: for measuring, and for heads that are trained on top of the network.

    The layers are of the report as it is seen (`document.as_seen`).
    """

    record: Record
    layers: Layers
    scores: Scores


class Reader:
    """Reads reports; load it once, use it for many. Not safe to share between threads.

    Args:
        model: a model's folder, as a path or its text; None for the one that ships.
        tables_dir: a folder with the user's own tables, which extend the package's.
        gazetteer: a file of place names; None for the one that ships.

    Raises:
        FatalError: where the model or the gazetteer can't be loaded.
        UserError: where a table of the user's is malformed.
    """

    def __init__(
        self,
        model: str | Path | None = None,
        *,
        options: Reading = Reading(),
        tables_dir: str | Path | None = None,
        gazetteer: str | Path | None = None,
    ) -> None:
        self.options = options
        folder, tables, places = path_of(model), path_of(tables_dir), path_of(gazetteer)
        self.making = Making(written(folder), options, written(tables), written(places))
        self.network = Network(folder, threads=options.threads, backend=options.backend)
        self.embedder = Embedder(folder, threads=options.threads, backend=options.backend)
        self._tables = ReadingTables.load(tables)
        self._times = TimeTables.load(tables)
        self._event_words = EventWords.load(self._tables.irregular, tables)
        self._event_tables = EventTables.load(tables, self._tables.actors)
        self._figures = FigureTables.load(tables, vague=options.vague)
        self._finder = PlaceFinder(places, tables_dir=tables)
        self._uses = PlaceUses.load(tables)

    @property
    def model(self) -> str:
        """The model's name with the hash of its weights."""
        return self.network.name

    def read(
        self,
        text: str,
        *,
        title: str | None = None,
        published: date | None = None,
        url: str | None = None,
        outlet: str | None = None,
    ) -> Record:
        """The record of one report; `text` stays unchanged, so its offsets are the record's.

        Raises:
            ReportError: where the text holds half a character, `published` is no day, or another field is no text.
            UserError: where `text` is none.
        """
        if not isinstance(text, str):
            raise UserError(
                f"A report is text (str), not {type(text).__name__}; decode it, or read its file first."
            )
        doc = document_of(
            text, title=title, published=published, url=url, outlet=outlet, is_town=self._is_town
        )
        return self._records([doc])[0]

    def stream(self, reports: Iterable[RawReport | ReportError | str]) -> Iterator[Record | ReportError]:
        """Records of many reports or bare texts, in order; a report that can't be read comes out as its error.

        The network reads groups of reports while the stages after it work on a group before; numpy keeps to one
        core meanwhile, since its small products would only fight the network for the others.

        Raises:
            UserError: where `reports` is one text, not several.
        """
        if isinstance(reports, str | bytes):
            raise UserError("stream takes several reports; put the text into a list, or use read.")
        with ThreadPoolExecutor(AHEAD) as ahead, threadpool_limits(1, "blas"), brisk():
            waiting: deque[tuple[Group, Future[Seen]]] = deque()
            for group in batched(map(report_of, reports, count(1)), self.options.reports):
                waiting.append((group, self._begin(ahead, group)))
                if len(waiting) > AHEAD:
                    yield from self._finish(*waiting.popleft())
            for one in waiting:
                yield from self._finish(*one)

    def layers(self, texts: Sequence[str], *, wanted: Wanted = Wanted()) -> list[Layers]:
        """What the network sees in whole texts, headlines and notes alike."""
        return self._layers([(text, [Range(0, len(text))]) for text in texts], wanted)

    def trace(self, text: str, *, title: str | None = None, published: date | None = None) -> Trace:
        """The record of one report, the layers that it was made of, and the network's scores of its words."""
        doc = document_of(text, title=title, published=published, is_town=self._is_town)
        known, scores = self._scores([seen_words(doc)])
        layers = decoding.decode(known, scores, self.network.decoder)[0]
        return Trace(self.record_of(doc, layers), layers, scores[0])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (texts, size), unit length; 384 with the package's model: embeddings for search and matching (see `meaning`)."""
        return self.embedder(texts)

    def _begin(self, ahead: ThreadPoolExecutor, group: Group) -> Future[Seen]:
        """What the network sees in a group, under way; the documents are made first, since threads share no gazetteer."""
        try:
            docs = [self._document(r) for r in group if isinstance(r, RawReport)]
        except Exception as error:  # told when its turn comes
            failed: Future[Seen] = Future()
            failed.set_exception(error)
            return failed
        return ahead.submit(self._see, docs)

    def _see(self, docs: list[Document]) -> Seen:
        return docs, *self._scores([seen_words(d) for d in docs])

    def _document(self, report: RawReport) -> Document:
        return document(report, is_town=self._is_town)

    def _is_town(self, name: str) -> bool:
        """Whether a name is that of a town or country that reports are sent from, and no body's."""
        if any(i.entry and i.entry.kind in (Class.BODY, Class.WORD) for i in self._tables.actors.items(name)):
            return False
        found = self._finder.gazetteer.candidates(name)
        return any(c.own and (c.known or c.is_country or c.population >= SENT_FROM) for c in found)

    def _is_place(self, name: str) -> bool:
        """Whether any place bears a name."""
        return bool(self._finder.gazetteer.candidates(name))

    def _finish(self, group: Group, seen: Future[Seen]) -> list[Record | ReportError]:
        good = [r for r in group if isinstance(r, RawReport)]
        try:
            docs, known, scores = seen.result()
            layers = decoding.decode(known, scores, self.network.decoder)
            records: list[Record | ReportError] = [
                self.record_of(d, x) for d, x in zip(docs, layers, strict=True)
            ]
        except Exception:  # find the one that fails, keep the others
            records = [self._alone(r) for r in good]
        rest = iter(records)
        return [r if isinstance(r, ReportError) else next(rest) for r in group]

    def _alone(self, report: RawReport) -> Record | ReportError:
        try:
            return self._records([self._document(report)])[0]
        except ReportError as error:
            return ReportError(report.name, error.reason)
        except Exception as error:  # one bad report never stops a run
            return ReportError(
                report.name, f"reading failed ({type(error).__name__}: {error}); please report it."
            )

    def _records(self, docs: Sequence[Document]) -> list[Record]:
        with threadpool_limits(1, "blas"):  # beside other work, numpy's threads would wait for each other
            seen = self._layers([seen_words(d) for d in docs])
            return [self.record_of(d, layers) for d, layers in zip(docs, seen, strict=True)]

    def record_of(self, doc: Document, layers: Layers) -> Record:
        """The record of a report whose layers are known: all stages behind the network."""
        report, doc = doc, as_seen(doc)
        text = flowing(doc.text)
        openings = datelines(text, doc.parts)
        if in_capitals(text):
            given, text = text, recased(text, layers, self.network.decoder.pos_tags.index("PROPN"))
            for at in openings:  # of which the network sees no word, and so no name
                text = text[: at.start] + given[at.start : at.end] + text[at.end :]
        layers = with_whole_names(text, layers, self._is_place, self._tables.actors)
        times = find_times(
            text,
            within=evidence(doc),
            published=doc.published,
            tables=self._times,
            sentences=layers.sentences,
        )
        imagined = Imagined(text, layers.sentences)
        figures = [
            f
            for f in find_figures(text, layers, times, self._figures)
            if not imagined.counts(f.at, f.measure)
        ]
        prose = doc if text == doc.text else msgspec.structs.replace(doc, text=text)
        events = self.happenings(prose, layers, times, figures)
        places = find_places(text, layers, openings, finder=self._finder, uses=self._uses)
        record = assemble(prose, layers, times, self._tables, figures=figures, events=events, places=places)
        return record if prose is report else as_given(record, report.text)

    def happenings(
        self, doc: Document, layers: Layers, times: Sequence[Timex], figures: Sequence[FoundFigure]
    ) -> Sequence[FoundEvent]:
        """The events of a report with all their mentions, numbered as in its record."""
        found = find_events(doc.text, layers, headlines(doc), self._event_tables, times)
        found = with_tolls(doc.text, layers, figures, found, self._event_tables.instruments)
        days = with_distances(doc.text, told_times(doc.text, times), layers.sentences)
        return parted(doc.text, found, days, layers, doc.published)

    def _layers(
        self, texts: Sequence[tuple[str, Sequence[Range]]], wanted: Wanted = Wanted()
    ) -> list[Layers]:
        known, scores = self._scores(texts)
        return decoding.decode(known, scores, self.network.decoder, wanted)

    def _scores(
        self, texts: Sequence[tuple[str, Sequence[Range]]]
    ) -> tuple[list[decoding.Text], list[Scores]]:
        net, options = self.network, self.options
        words = [tuple(w for at in within for w in sentences.find_words(text, at)) for text, within in texts]
        features = [windows.word_features(text, w) for (text, _), w in zip(texts, words, strict=True)]
        pieces = [windows.pieces_of(text, w, net.pieces) for (text, _), w in zip(texts, words, strict=True)]
        cut = [
            window
            for number, ((text, _), w, f) in enumerate(zip(texts, words, features, strict=True))
            for window in windows.cut(
                number,
                [len(p) for p in pieces[number]],
                sentences.rough_ends(text, w, f[:, 1]),
                options.longest,
                options.context,
            )
        ]
        scores = net.scores(cut, pieces, features, batch_size=options.windows)
        lines = [decoding.lines_of(f[:, 1]) for f in features]
        found = [turns(text, w, lined) for (text, _), w, lined in zip(texts, words, lines, strict=True)]
        known = [
            decoding.Text(
                w,
                lined,
                self._event_words.hints(text, w),
                sentences.forms(text, w),
                turned,
                entries(text, w, lined, turned),
            )
            for (text, _), w, lined, turned in zip(texts, words, lines, found, strict=True)
        ]
        return known, scores


def seen_words(doc: Document) -> tuple[str, tuple[Range, ...]]:
    """The text of a report as the network sees it, and the stretches of it that are evidence."""
    shown = as_seen(doc)
    return flowing(shown.text), evidence(shown)


def report_of(given: RawReport | ReportError | str, number: int) -> RawReport | ReportError:
    """A report to read; a bare text becomes one, with its number for a name, and what is none its error."""
    if isinstance(given, RawReport | ReportError):
        return given
    name = f"text {number}"
    if not isinstance(given, str):
        return ReportError(name, f"{type(given).__name__} is no report; give text (str) or a RawReport.")
    return RawReport(name, given, given.encode(errors="surrogatepass"), "text/plain")


def path_of(given: str | Path | None) -> Path | None:
    """A path that may be given as text."""
    return None if given is None else Path(given)


def written(path: Path | None) -> str | None:
    """A path as text that holds wherever the process works."""
    return None if path is None else str(path.absolute())


@contextmanager
def brisk() -> Iterator[None]:
    """Threads that wait for Python get their turn sooner, since the network's next window shouldn't wait for 5 ms of ours, and circles of
    objects that nobody holds are looked for more seldom: there are next to none, and the tables are gone through each time.
    """
    before, (young, *older) = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(min(before, BRISK))
    gc.set_threshold(max(young, UNCHECKED) if young else 0, *older)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
        gc.set_threshold(young, *older)


def batched(items: Iterable[RawReport | ReportError], size: int) -> Iterator[list[RawReport | ReportError]]:
    """Lists of `size` items, the last one shorter; lazy."""
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group
