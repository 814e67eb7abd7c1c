"""Checks the cross-report set: every id resolves, every trigger stands in its report, every state is valid.

Run it as `python benchmarks/crossreports/check.py`. It prints the counts and exits with 1 on any fault.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent

EVENT_TYPES = frozenset(
    """strike bombing attack clash killing abuse detention release destruction blockade evacuation_order
    displacement protest repression deployment arms_transfer weapons_test territory invasion ceasefire
    meeting negotiation agreement support rejection request threat accusation sanction aid
    health_campaign hunger_disease death disaster accident investigation legal politics economy""".split()
)
FIELDS = frozenset("happened actor target use_of_site killed wounded when where instrument".split())
STATES = frozenset({"agreed", "single-source", "contested", "denied", "unknown"})
STANCES = frozenset({"asserts", "denies", "declines", "silent", "uncertain"})
VALUELESS = frozenset({"declines", "silent", "uncertain"})
MEASURES = frozenset(
    """killed wounded detained missing displaced reached in_need weapons attacks money share age duration
    distance other""".split()
)
KINDS = frozenset({"warning", "promise", "request", "refusal"})
OUTCOMES = frozenset({"open", "kept", "broken"})
WORDS = range(90, 221)
DATE = re.compile(r"(since )?\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")

Reports = dict[str, dict[str, str]]
Entries = list[dict[str, Any]]


def load_reports() -> Reports:
    """Reads the reports, by id."""
    lines = (HERE / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return {report["id"]: report for report in map(json.loads, lines)}


def load(name: str) -> Entries:
    """Reads one of the YAML files, each of them a list."""
    entries: Entries = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return entries


def find(text: str, trigger: str) -> tuple[int, int] | None:
    """Turns "string" or "string@n" into a span of the text, or None where it does not stand there."""
    match = re.fullmatch(r"(.*)@(\d+)", trigger, re.DOTALL)
    string, count = (match[1], int(match[2])) if match else (trigger, 1)
    position = -1
    for _ in range(count):
        position = text.find(string, position + 1)
        if position < 0:
            return None
    return position, position + len(string)


def check_reports(reports: Reports) -> Iterator[str]:
    """Yields a line for every fault in the reports."""
    for name, report in reports.items():
        title, _, body = report["text"].partition("\n\n")
        if title != report["title"] or not body:
            yield f"{name}: the text does not begin with the title and an empty line"
        if len(report["text"].split()) not in WORDS:
            yield f"{name}: {len(report['text'].split())} words"
        date.fromisoformat(report["published"])


def check_values(where: str, field: dict[str, Any], reports: Reports, copies: set[str]) -> Iterator[str]:
    """Yields a line for every fault in one field of an incident."""
    if field["state"] not in STATES:
        yield f"{where}: no such state: {field['state']}"
    if not field["values"]:
        yield f"{where}: no values"
    for value in field["values"]:
        report = reports.get(value["report"])
        if report is None:
            yield f"{where}: no such report: {value['report']}"
            continue
        if value["report"] in copies:
            yield f"{where}: {value['report']} is a copy and has no voice of its own"
        if value["stance"] not in STANCES:
            yield f"{where}: no such stance: {value['stance']}"
        if value["by"] != "reporter" and value["by"].lower() not in report["text"].lower():
            yield f"{where}: {value['by']!r} is not named in {value['report']}"
        if value["value"] is None and value["stance"] not in VALUELESS:
            yield f"{where}: {value['by']!r} {value['stance']} nothing"
    if field["state"] == "unknown" and any(v["stance"] == "asserts" for v in field["values"]):
        yield f"{where}: unknown, yet asserted"
    if field["state"] == "denied" and all(v["stance"] != "denies" for v in field["values"]):
        yield f"{where}: denied, yet no one denies it"
    if field["state"] in {"agreed", "contested"} and len(field["values"]) < 2:
        yield f"{where}: {field['state']} by one voice"


def check_incident(incident: dict[str, Any], reports: Reports, copies: set[str]) -> Iterator[str]:
    """Yields a line for every fault in one incident."""
    name = incident["id"]
    if incident["type"] not in EVENT_TYPES:
        yield f"{name}: no such type: {incident['type']}"
    if not re.fullmatch(r"[A-Z]{3}", incident["country"]):
        yield f"{name}: no such country: {incident['country']}"
    if incident["date"] is not None and not DATE.fullmatch(incident["date"]):
        yield f"{name}: no such date: {incident['date']}"
    mentioned = [mention["report"] for mention in incident["mentions"]]
    if len(set(mentioned)) != len(mentioned) or not mentioned:
        yield f"{name}: a report is mentioned twice, or none is"
    for mention in incident["mentions"]:
        report = reports.get(mention["report"])
        if report is None:
            yield f"{name}: no such report: {mention['report']}"
        elif find(report["text"], mention["trigger"]) is None:
            yield f"{name}: {mention['trigger']!r} does not stand in {mention['report']}"
    for field, content in incident["fields"].items():
        where = f"{name} {field}"
        if field not in FIELDS:
            yield f"{where}: no such field"
        yield from check_values(where, content, reports, copies)
        for value in content["values"]:
            if value["report"] not in mentioned:
                yield f"{where}: {value['report']} gives a value but has no mention"


def check_toll(toll: dict[str, Any], reports: Reports) -> Iterator[str]:
    """Yields a line for every fault in one running toll."""
    name = f"toll of {toll['authority']}"
    if toll["measure"] not in MEASURES:
        yield f"{name}: no such measure: {toll['measure']}"
    days = [point["as_of"] for point in toll["series"]]
    if days != sorted(days):
        yield f"{name}: not in order of days"
    for point in toll["series"]:
        report = reports.get(point["report"])
        if report is None:
            yield f"{name}: no such report: {point['report']}"
            continue
        if f"{point['best']:,}" not in report["text"]:
            yield f"{name}: {point['best']} does not stand in {point['report']}"
        if point["caveat"] is not None and point["caveat"] not in report["text"]:
            yield f"{name}: the caveat does not stand in {point['report']}"


def check_commitment(commitment: dict[str, Any], reports: Reports) -> Iterator[str]:
    """Yields a line for every fault in one commitment."""
    name = f"commitment of {commitment['speaker']}"
    if commitment["kind"] not in KINDS:
        yield f"{name}: no such kind: {commitment['kind']}"
    if commitment["outcome"] not in OUTCOMES:
        yield f"{name}: no such outcome: {commitment['outcome']}"
    for occasion in commitment["occasions"]:
        if occasion["report"] not in reports:
            yield f"{name}: no such report: {occasion['report']}"
        if not DATE.fullmatch(occasion["date"]):
            yield f"{name}: no such date: {occasion['date']}"
    for outcome in commitment.get("outcome_reports", []):
        if outcome not in reports:
            yield f"{name}: no such report: {outcome}"
    if (commitment["outcome"] == "open") == bool(commitment.get("outcome_reports")):
        yield f"{name}: an outcome needs a report, and an open one has none"


def print_counts(
    reports: Reports,
    incidents: Entries,
    tolls: Entries,
    commitments: Entries,
    copies: Entries,
) -> None:
    """Prints how much of everything there is."""
    fields = [field for incident in incidents for field in incident["fields"].values()]
    values = [value for field in fields for value in field["values"]]
    shared = [incident for incident in incidents if len(incident["mentions"]) > 1]
    counts = {
        "reports": len(reports),
        "words": sum(len(report["text"].split()) for report in reports.values()),
        "outlets": len({report["outlet"] for report in reports.values()}),
        "groups of copies": len(copies),
        "origins": len(reports) - sum(len(group["reports"]) - 1 for group in copies),
        "incidents": len(incidents),
        "incidents in two or more reports": len(shared),
        "mentions": sum(len(incident["mentions"]) for incident in incidents),
        "fields": len(fields),
        "values": len(values),
        "tolls": len(tolls),
        "points in tolls": sum(len(toll["series"]) for toll in tolls),
        "commitments": len(commitments),
        "occasions": sum(len(commitment["occasions"]) for commitment in commitments),
    }
    for name, count in counts.items():
        print(f"{name}: {count}")
    for name, tally in (
        ("types", Counter(incident["type"] for incident in incidents)),
        ("states", Counter(field["state"] for field in fields)),
        ("stances", Counter(value["stance"] for value in values)),
        ("outcomes", Counter(commitment["outcome"] for commitment in commitments)),
    ):
        print(f"{name}:", ", ".join(f"{key} {count}" for key, count in tally.most_common()))


def main() -> int:
    """Checks everything, prints the faults and the counts, and returns the exit code."""
    reports = load_reports()
    incidents, tolls = load("incidents.yaml"), load("tolls.yaml")
    commitments, copies = load("commitments.yaml"), load("copies.yaml")
    copied = {name for group in copies for name in group["reports"][1:]}

    faults = [*check_reports(reports)]
    if len({incident["id"] for incident in incidents}) != len(incidents):
        faults.append("incidents.yaml: an id stands twice")
    for incident in incidents:
        faults += check_incident(incident, reports, copied)
    for toll in tolls:
        faults += check_toll(toll, reports)
    for commitment in commitments:
        faults += check_commitment(commitment, reports)
    grouped = [name for group in copies for name in group["reports"]]
    faults += [f"copies.yaml: no such report: {name}" for name in grouped if name not in reports]
    if len(set(grouped)) != len(grouped):
        faults.append("copies.yaml: a report stands in two groups")
    mentioned = {mention["report"] for incident in incidents for mention in incident["mentions"]}
    faults += [f"{name}: speaks of no incident" for name in reports if name not in mentioned]

    for fault in faults:
        print(fault, file=sys.stderr)
    print_counts(reports, incidents, tolls, commitments, copies)
    print(f"faults: {len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
