"""GeoJSON (RFC 7946): a point for each incident that has coordinates; the others have no geometry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from accordingto.exporting.rows import flat
from accordingto.ledger.exports import Exported


def export(incidents: Iterable[Exported]) -> Iterator[str]:
    """A FeatureCollection, one feature a line."""
    yield '{"type": "FeatureCollection", "features": [\n'
    before = ""
    for i in incidents:
        row = flat(i)
        lat, lon = row.pop("lat"), row.pop("lon")
        geometry = (
            {"type": "Point", "coordinates": [lon, lat]} if lat is not None and lon is not None else None
        )
        feature = {"type": "Feature", "id": i.incident.id, "geometry": geometry, "properties": row}
        yield before + json.dumps(feature, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"
