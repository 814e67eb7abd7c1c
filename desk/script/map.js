// Incidents on a map. A place is drawn as wide as it is uncertain: an area, never a false point. Shapes are Natural
// Earth's, labels come from the gazetteer; tiles from elsewhere only where the user has set their URL.
import L from "leaflet";
import { feature } from "topojson-client";
import coarse from "world-atlas/countries-50m.json";
import fine from "world-atlas/countries-10m.json";

const FINE_FROM = 6; // zoom
const LABELS_FROM = 5;
const SMALLEST_PX = 7; // an area is never drawn smaller, so that it can be found and pressed (24 px target with its ring)
const LOST = "the map’s shapes could not be loaded";
const PAPER_PX = 660; // as wide as a sheet
const SNAPPED = 8; // a frame's edges lie on eighths of the world's tiles, so that many readers ask for the same ones
const shapes = new Map();

/** A ring that jumps over the 180th meridian, made whole beyond it. */
function unbroken(ring) {
  if (!ring.some((p, i) => i && Math.abs(p[0] - ring[i - 1][0]) > 180)) return ring;
  return ring.map(([x, y]) => [x < 0 ? x + 360 : x, y]);
}

/** The countries of a file of shapes; Antarctica has no place on this projection. */
function countries(topology) {
  const made = feature(topology, topology.objects.countries);
  made.features = made.features.filter((c) => c.properties.name !== "Antarctica");
  for (const { geometry } of made.features) {
    if (geometry.type === "Polygon") geometry.coordinates = geometry.coordinates.map(unbroken);
    else geometry.coordinates = geometry.coordinates.map((part) => part.map(unbroken));
  }
  return made;
}

function world(file) {
  if (!shapes.has(file)) {
    const url = new URL(file, import.meta.url);
    const made = fetch(url).then((a) => a.json()).then(countries);
    made.catch(() => shapes.delete(file)); // the next try may succeed
    shapes.set(file, made);
  }
  return shapes.get(file);
}

/** An incident's line in the popup, built of nodes: titles are text. */
function line(properties) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = properties.url;
  link.dir = "auto";
  link.textContent = properties.title;
  const about = document.createElement("span");
  about.textContent = [properties.day, properties.state_words, properties.precision_words].filter(Boolean).join(" · ");
  item.append(link, about);
  return item;
}

/** What a group of places says: how many incidents, where, and a way closer. */
function summary(map, properties) {
  const box = document.createElement("div");
  const title = document.createElement(properties.url ? "a" : "b");
  if (properties.url) title.href = properties.url;
  title.dir = "auto";
  title.textContent = properties.title;
  const about = document.createElement("p");
  about.className = "soft small";
  about.textContent = [properties.state_words, properties.precision_words].filter(Boolean).join(" · ");
  box.append(title, about);
  const [west, south, east, north] = properties.bounds;
  if (east > west || north > south) {
    const closer = document.createElement("button");
    closer.type = "button";
    closer.textContent = "Zoom in";
    closer.addEventListener("click", () => {
      map.closePopup();
      map.fitBounds([[south, west], [north, east]], { padding: [40, 40], animate: false });
      map.getContainer().focus();
    });
    box.append(closer);
  }
  return box;
}

/** Features of one spot and one precision are one area. */
function grouped(features) {
  const spots = new Map();
  for (const f of features) {
    if (f.geometry?.type !== "Point") continue;
    const key = `${f.geometry.coordinates} ${f.properties.radius_m}`;
    if (!spots.has(key)) spots.set(key, []);
    spots.get(key).push(f);
  }
  return [...spots.values()].sort((a, b) => (b[0].properties.radius_m || 0) - (a[0].properties.radius_m || 0));
}

const worst = (group) =>
  group[0].properties.state === "many" ? "many" : ["contested", "denied", "unknown", "single-source", "agreed"].find((s) => group.some((f) => f.properties.state === s)) || "unknown";

/** Makes an area a button: for the keyboard, and for those who hear the map. */
function press(area, words) {
  const path = area.getElement();
  path.setAttribute("tabindex", "0");
  path.setAttribute("role", "button");
  path.setAttribute("aria-label", words);
  path.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    area.openPopup();
  });
}

/** The incidents of one spot as a circle that is as wide as the spot is uncertain. */
function draw(map, group) {
  const [lon, lat] = group[0].geometry.coordinates;
  const first = group[0].properties;
  const metres = first.radius_m || 1000;
  const broad = metres > 60000;
  const area = L.circle([lat, lon], { radius: metres, className: `area s-${worst(group)}${broad ? " broad" : ""}`, renderer: map.areas });
  const list = document.createElement("ul");
  for (const f of group) list.append(line(f.properties));
  area.bindPopup(first.bounds ? summary(map, first) : list, { maxWidth: 300 });
  area.addTo(map);
  press(area, `${group.map((f) => f.properties.title).join("; ")}: ${first.precision_words || "place uncertain"}`);
  const number = first.bounds && tell(map, [lat, lon], first);
  const resize = () => {
    area.setRadius(metres);
    const px = area._radius || 0;
    if (px < SMALLEST_PX) area.setRadius((metres * SMALLEST_PX) / Math.max(px, 0.01));
  };
  map.on("zoomend", resize);
  resize();
  const remove = () => {
    map.off("zoomend", resize);
    area.remove();
    number?.remove();
  };
  return { area, remove, first, bounds: L.latLng(lat, lon).toBounds(metres * 2) };
}

/** Many incidents of several places as the square that holds them, the fuller the more they are. */
function count(map, { properties: first }, most) {
  const [west, south, east, north] = first.bounds;
  const share = Math.log(first.incidents + 1) / Math.log(most + 1);
  const full = share > 0.85 ? " most" : share > 0.6 ? " much" : "";
  const area = L.rectangle([[south, west], [north, east]], { className: `area s-many${full}`, renderer: map.areas });
  area.bindPopup(summary(map, first), { maxWidth: 300 });
  area.addTo(map);
  press(area, `${first.title}: ${first.state_words}; ${first.precision_words}`);
  const number = tell(map, [(south + north) / 2, (west + east) / 2], first);
  const remove = () => (area.remove(), number.remove());
  return { area, remove, first, bounds: L.latLngBounds([[south, west], [north, east]]) };
}

/** Writes how many incidents there are. */
const tell = (map, at, first) => write(map, at, first.incidents.toLocaleString("en"), "many");

/** The middle of a country's largest part (by the shoelace formula on degrees), where its name is written. */
function middle(country) {
  const parts = country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
  let best = { area: 0 };
  for (const [ring] of parts) {
    let [area, x, y] = [0, 0, 0];
    for (let i = 0; i + 1 < ring.length; i++) {
      const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
      area += cross / 2;
      x += (ring[i][0] + ring[i + 1][0]) * cross;
      y += (ring[i][1] + ring[i + 1][1]) * cross;
    }
    if (Math.abs(area) > best.area) best = { area: Math.abs(area), at: [y / (6 * area), x / (6 * area)] };
  }
  return best;
}

/** Names by weight, greatest first, each only where it covers no other. */
function spaced(map, names, most) {
  const taken = map.numbers.map(([at, words]) => {
    const { x, y } = map.latLngToContainerPoint(at);
    return [x - words.length * 4 - 3, y - 8, x + words.length * 4 + 3, y + 8];
  });
  const kept = [];
  for (const n of names) {
    const at = map.latLngToContainerPoint(n.at);
    const wide = n.name.length * (n.kind === "country" ? 8 : 6.5) + 12;
    const left = n.kind === "country" ? at.x - wide / 2 : at.x - 4;
    const mine = [left, at.y - 9, left + wide, at.y + 9];
    if (taken.some((t) => t[0] < mine[2] && mine[0] < t[2] && t[1] < mine[3] && mine[1] < t[3])) continue;
    taken.push(mine);
    kept.push(n);
    if (kept.length >= most) break;
  }
  return kept;
}

async function label(map, layer) {
  const seen = map.getBounds().pad(-0.02);
  let names;
  if (map.getZoom() < LABELS_FROM) {
    const perDegree = (256 * 2 ** map.getZoom()) / 360;
    names = (await world(coarse)).features
      .map((c) => ({ kind: "country", name: c.properties.name, ...(c.middle ??= middle(c)) }))
      .filter((c) => Math.sqrt(c.area) * perDegree * 2.2 > c.name.length * 8 && seen.contains(c.at))
      .sort((a, b) => b.area - a.area);
  } else {
    const box = { south: seen.getSouth(), west: seen.getWest(), north: seen.getNorth(), east: seen.getEast() };
    const url = `/map/labels.json?${new URLSearchParams(Object.entries(box).map(([k, v]) => [k, v.toFixed(4)]))}`;
    const answer = await fetch(url);
    if (!answer.ok) return;
    names = (await answer.json())
      .sort((a, b) => (b.population || 0) - (a.population || 0))
      .map((t) => ({ kind: "town", name: t.name, at: [t.lat, t.lon] }));
  }
  layer.clearLayers();
  for (const n of spaced(map, names, 40)) write(layer, n.at, n.name, n.kind);
}

function write(layer, at, name, kind) {
  const words = document.createElement("span");
  words.dir = "auto";
  words.textContent = name;
  const icon = L.divIcon({ html: words, className: `map-label ${kind}`, iconSize: [0, 0] });
  return L.marker(at, { icon, interactive: false, keyboard: false, pane: "labels" }).addTo(layer);
}

/** The part of the world that a map shows, as the server takes it. */
function frame(map) {
  const zoom = Math.max(0, Math.floor(map.getZoom()));
  const seen = map.getBounds().pad(0.1);
  const unit = 360 / 2 ** zoom / SNAPPED;
  const [low, high] = [(x) => Math.floor(x / unit) * unit, (x) => Math.ceil(x / unit) * unit];
  const within = (x) => Math.min(90, Math.max(-90, x));
  const around = (x) => ((((x + 180) % 360) + 360) % 360) - 180;
  const [west, east] = [low(seen.getWest()), high(seen.getEast())];
  const whole = east - west >= 360;
  const edges = {
    south: within(low(seen.getSouth())),
    north: within(high(seen.getNorth())),
    west: whole ? -180 : around(west),
    east: whole ? 180 : around(east),
  };
  return new URLSearchParams([...Object.entries(edges).map(([k, v]) => [k, v.toFixed(5)]), ["zoom", zoom]]);
}

export async function show(place) {
  const answer = await fetch(place.dataset.map);
  if (!answer.ok) throw new Error(`${place.dataset.map}: ${answer.status}`);
  const found = await answer.json();
  const map = L.map(place, { minZoom: 1, maxZoom: 12, worldCopyJump: true, zoomSnap: 0.5, scrollWheelZoom: false, zoomControl: true });
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth · GeoNames");
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  map.createPane("labels").style.zIndex = 450;
  map.createPane("land").style.zIndex = 210;
  map.areas = L.svg({ padding: 0.5 });
  L.control.scale({ imperial: false }).addTo(map);
  map.setView([20, 20], 2);
  map.numbers = [];
  const drawn = new Map();
  /** Draws what is new, takes away what is gone and leaves what stays, and the focus with it. */
  const put = (features) => {
    const groups = new Map(grouped(features).map((g) => [g.map((f) => `${f.id} ${f.properties.title}`).join(), g]));
    for (const [key, d] of drawn) if (!groups.has(key)) d.remove(), drawn.delete(key);
    const most = Math.max(...features.map((f) => f.properties.incidents || 1));
    const make = (g) => (g[0].properties.places > 1 ? count(map, g[0], most) : draw(map, g));
    for (const [key, g] of groups) if (!drawn.has(key)) drawn.set(key, make(g));
    for (const key of groups.keys()) drawn.get(key).area.bringToFront();
    const counted = [...drawn.values()].filter((d) => d.first?.bounds);
    map.numbers = counted.map((d) => [d.bounds.getCenter(), d.first.incidents.toLocaleString("en")]);
    const key = place.parentElement.querySelector("[data-counts]");
    if (key) key.hidden = !counted.length;
    if (place.dataset.shown) place.dataset.shown = drawn.size;
  };
  put(found.features);
  if (drawn.size) {
    const all = [...drawn.values()].reduce((b, d) => b.extend(d.bounds), L.latLngBounds([]));
    map.fitBounds(all, { maxZoom: 9, padding: [28, 28], animate: false });
  }
  let asked;
  const closer = async () => {
    asked?.abort();
    asked = new AbortController();
    const url = new URL(place.dataset.map, location.href);
    for (const [name, value] of frame(map)) url.searchParams.set(name, value);
    const part = await fetch(url, { signal: asked.signal });
    if (part.ok) put((await part.json()).features);
  };
  place.querySelector(".wait")?.remove();

  if (place.dataset.tiles) L.tileLayer(place.dataset.tiles, { maxZoom: 18 }).addTo(map);
  const labels = L.layerGroup().addTo(map);
  let land, file;
  const refresh = async () => {
    const wanted = map.getZoom() >= FINE_FROM ? fine : coarse;
    if (!place.dataset.tiles && wanted !== file) {
      file = wanted;
      const shape = await world(wanted).catch((fault) => {
        if (file === wanted) file = undefined;
        throw fault;
      });
      if (file !== wanted) return;
      land?.remove();
      land = L.geoJSON(shape, { pane: "land", interactive: false, renderer: L.svg({ pane: "land", padding: 0.5 }), style: { className: "land" } }).addTo(map);
    }
    await label(map, labels);
  };
  const credits = map.attributionControl;
  const refreshed = () =>
    refresh().then(
      () => credits.removeAttribution(LOST),
      () => credits.removeAttribution(LOST).addAttribution(LOST),
    );
  map.on("moveend", refreshed);
  if (found.grouped) {
    map.on("moveend", () => closer().catch((fault) => fault.name === "AbortError" || console.debug(fault)));
    await closer().catch(() => {});
  }
  fitPaper(place, map);
  await refreshed();
  place.dataset.shown = drawn.size;
}

/** On paper a map keeps its middle, whatever width the sheet gives it. */
function fitPaper(place, map) {
  const widen = (width) => {
    if (!place.isConnected) return;
    place.style.width = width;
    map.invalidateSize({ animate: false });
  };
  addEventListener("beforeprint", () => widen(`${Math.min(place.clientWidth, PAPER_PX)}px`));
  addEventListener("afterprint", () => widen(""));
}
