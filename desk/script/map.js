// Incidents on a map. A place is drawn as wide as it is uncertain: an area, never a false point. Shapes are Natural
// Earth's, labels come from the gazetteer; tiles from elsewhere only where the user has set their URL.
import L from "leaflet";
import { feature } from "topojson-client";
import coarse from "world-atlas/countries-50m.json";
import fine from "world-atlas/countries-10m.json";

const FINE_FROM = 6; // zoom
const LABELS_FROM = 5;
const SMALLEST_PX = 7; // an area is never drawn smaller, so that it can be found and pressed (24 px target with its ring)
const shapes = new Map();

function world(file) {
  if (!shapes.has(file)) {
    const url = new URL(file, import.meta.url);
    shapes.set(file, fetch(url).then((a) => a.json()).then((t) => feature(t, t.objects.countries)));
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
  ["contested", "denied", "unknown", "single-source", "agreed"].find((s) => group.some((f) => f.properties.state === s)) || "unknown";

function draw(map, group) {
  const [lon, lat] = group[0].geometry.coordinates;
  const metres = group[0].properties.radius_m || 1000;
  const broad = metres > 60000;
  const area = L.circle([lat, lon], { radius: metres, className: `area s-${worst(group)}${broad ? " broad" : ""}`, renderer: map.areas });
  const list = document.createElement("ul");
  for (const f of group) list.append(line(f.properties));
  area.bindPopup(list, { maxWidth: 300 });
  area.addTo(map);
  const path = area.getElement();
  path.setAttribute("tabindex", "0");
  path.setAttribute("role", "button");
  path.setAttribute("aria-label", `${group.map((f) => f.properties.title).join("; ")}: ${group[0].properties.precision_words || "place uncertain"}`);
  path.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    area.openPopup();
  });
  const resize = () => {
    area.setRadius(metres);
    const px = area._radius || 0;
    if (px < SMALLEST_PX) area.setRadius((metres * SMALLEST_PX) / Math.max(px, 0.01));
  };
  map.on("zoomend", resize);
  resize();
  return { area, at: L.latLng(lat, lon), bounds: L.latLng(lat, lon).toBounds(metres * 2) };
}

async function label(map, layer) {
  layer.clearLayers();
  const seen = map.getBounds().pad(-0.02);
  if (map.getZoom() < LABELS_FROM) {
    const countries = (await world(coarse)).features;
    for (const c of countries) {
      const box = (c.box ??= L.geoJSON(c).getBounds());
      const width = map.latLngToLayerPoint(box.getNorthEast()).x - map.latLngToLayerPoint(box.getSouthWest()).x;
      if (width < c.properties.name.length * 9 || width > 3000 || !seen.contains(box.getCenter())) continue;
      write(layer, box.getCenter(), c.properties.name, "country");
    }
    return;
  }
  const box = { south: seen.getSouth(), west: seen.getWest(), north: seen.getNorth(), east: seen.getEast() };
  const url = `/map/labels.json?${new URLSearchParams(Object.entries(box).map(([k, v]) => [k, v.toFixed(4)]))}`;
  const answer = await fetch(url);
  if (!answer.ok) return;
  const taken = [];
  for (const town of (await answer.json()).sort((a, b) => (b.population || 0) - (a.population || 0))) {
    const at = map.latLngToContainerPoint([town.lat, town.lon]);
    const mine = [at.x - 4, at.y - 9, at.x + town.name.length * 6.5 + 12, at.y + 9];
    if (taken.some((t) => t[0] < mine[2] && mine[0] < t[2] && t[1] < mine[3] && mine[1] < t[3])) continue;
    taken.push(mine);
    write(layer, [town.lat, town.lon], town.name, "town");
    if (taken.length >= 40) break;
  }
}

function write(layer, at, name, kind) {
  const words = document.createElement("span");
  words.dir = "auto";
  words.textContent = name;
  const icon = L.divIcon({ html: words, className: `map-label ${kind}`, iconSize: [0, 0] });
  L.marker(at, { icon, interactive: false, keyboard: false, pane: "labels" }).addTo(layer);
}

export async function show(place) {
  const answer = await fetch(place.dataset.map);
  if (!answer.ok) return;
  const found = await answer.json();
  const map = L.map(place, { minZoom: 1, maxZoom: 12, worldCopyJump: true, zoomSnap: 0.5, scrollWheelZoom: false, zoomControl: true });
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth · GeoNames");
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  map.createPane("labels").style.zIndex = 450;
  map.createPane("land").style.zIndex = 210;
  map.areas = L.svg({ padding: 0.5 });
  L.control.scale({ imperial: false }).addTo(map);
  const groups = grouped(found.features);
  map.setView([20, 20], 2);
  const drawn = groups.map((g) => draw(map, g));
  if (drawn.length) {
    const all = drawn.reduce((b, d) => b.extend(d.bounds), L.latLngBounds(drawn[0].bounds));
    map.fitBounds(all, { maxZoom: 9, padding: [28, 28], animate: false });
  }
  for (const d of [...drawn].reverse()) d.area.bringToFront();
  for (const d of drawn) d.area.bringToFront();
  place.querySelector(".wait")?.remove();

  if (place.dataset.tiles) L.tileLayer(place.dataset.tiles, { maxZoom: 18 }).addTo(map);
  const labels = L.layerGroup().addTo(map);
  let land, file;
  const refresh = async () => {
    const wanted = map.getZoom() >= FINE_FROM ? fine : coarse;
    if (!place.dataset.tiles && wanted !== file) {
      file = wanted;
      const shape = await world(wanted);
      if (file !== wanted) return;
      land?.remove();
      land = L.geoJSON(shape, { pane: "land", interactive: false, renderer: L.svg({ pane: "land", padding: 0.5 }), style: { className: "land" } }).addTo(map);
    }
    await label(map, labels);
  };
  map.on("moveend", refresh);
  await refresh();
  place.dataset.shown = groups.length;
}
