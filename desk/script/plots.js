// The timeline of incidents and the series of a running toll. The table beside each plot says the same in words.
import * as Plot from "@observablehq/plot";

/** A variable of the page's style: the plot follows when colours change, on paper too. */
const colour = (name) => `var(${name})`;

const day = (iso) => new Date(`${iso.length === 7 ? `${iso}-01` : iso.length === 4 ? `${iso}-01-01` : iso}T00:00:00Z`);

const dated = (d) => d.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

function timeline(data, width) {
  const rows = data.buckets.map((b) => ({ ...b, at: day(b.start), rest: b.incidents - b.contested }));
  const stacked = rows.flatMap((b) => [
    { at: b.at, words: b.words, what: "contested", n: b.contested, of: b },
    { at: b.at, words: b.words, what: "other", n: b.rest, of: b },
  ]);
  const gaps = rows.slice(1).map((r, i) => r.at - rows[i].at);
  const step = Math.min(...gaps, 366 * 864e5);
  const interval = step >= 360 * 864e5 ? "year" : step >= 27 * 864e5 ? "month" : "day";
  const most = Math.max(1, ...rows.map((r) => r.incidents));
  return Plot.plot({
    width,
    height: 150,
    marginLeft: 30,
    marginBottom: 26,
    marginTop: 12,
    x: { type: "utc", label: null },
    y: { label: null, ticks: Math.min(4, most), tickFormat: "d", grid: true },
    ariaLabel: "Incidents over time",
    marks: [
      Plot.rectY(stacked, {
        x: "at",
        y: "n",
        interval,
        insetLeft: 0.5,
        insetRight: 0.5,
        fill: (d) => (d.what === "contested" ? colour("--contested") : colour("--bar")),
        title: (d) => `${d.words}: ${d.of.incidents} incidents, ${d.of.contested} contested`,
      }),
      Plot.ruleY([0], { stroke: colour("--edge") }),
    ],
  });
}

function toll(data, width) {
  const points = data.points
    .filter((p) => p.as_of && (p.best ?? p.low) !== null)
    .map((p) => ({ ...p, at: day(p.as_of), value: p.best ?? p.low, from: p.low ?? p.best, to: p.high ?? p.best ?? p.low }));
  const accent = colour("--accent");
  const hollow = { fill: colour("--paper"), stroke: accent, strokeWidth: 2 };
  const days = [...new Set(points.map((p) => +p.at))];
  const values = points.flatMap((p) => [p.from, p.to]);
  const spread = Math.max(...values) - Math.min(...values) || Math.max(...values) * 0.02 || 1;
  return Plot.plot({
    width,
    height: 260,
    marginLeft: 62,
    marginRight: 96,
    marginBottom: 30,
    marginTop: 18,
    x: { type: "utc", label: null, ticks: days.length <= 4 ? days.map((d) => new Date(d)) : undefined, tickFormat: days.length <= 4 ? dated : undefined, ...(days.length === 1 && { domain: [new Date(+points[0].at - 864e5), new Date(+points[0].at + 864e5)] }) },
    y: { label: null, grid: true, tickFormat: ",d", domain: [Math.max(0, Math.min(...values) - spread * 0.3), Math.max(...values) + spread * 0.3] },
    ariaLabel: `Counts by ${data.authority}`,
    marks: [
      Plot.lineY(points, { x: "at", y: "value", stroke: accent, strokeWidth: 2, curve: "step-after" }),
      Plot.ruleX(points, { x: "at", y1: "from", y2: "to", stroke: accent, strokeWidth: 6, strokeOpacity: 0.3 }),
      Plot.dot(points.filter((p) => p.high !== null), { x: "at", y: "value", fill: accent, r: 5 }),
      Plot.dot(points.filter((p) => p.low === null && p.high === null), { x: "at", y: "value", ...hollow, r: 5 }),
      Plot.dot(points.filter((p) => p.low !== null && p.high === null), { x: "at", y: "value", ...hollow, symbol: "triangle", r: 6 }),
      Plot.text(points, { x: "at", y: "value", text: "words", dx: 10, dy: -10, textAnchor: "start", fill: colour("--ink"), stroke: colour("--paper"), strokeWidth: 4, fontSize: 12 }),
      Plot.tip(points, Plot.pointer({ x: "at", y: "value", fill: colour("--sheet"), stroke: colour("--edge"), title: (p) => [p.words, p.as_of, ...(p.caveats || [])].join("\n") })),
    ],
  });
}

export async function show(figure) {
  const answer = await fetch(figure.dataset.src);
  if (!answer.ok) throw new Error(`${figure.dataset.src}: ${answer.status}`);
  const data = await answer.json();
  const kind = { timeline, toll }[figure.dataset.plot];
  const room = figure.querySelector(".drawn");
  const paint = () => {
    if (!room.clientWidth) return;
    const svg = kind(data, Math.max(240, room.clientWidth));
    // Plot's own <style> would need 'unsafe-inline'; figures.css says the same.
    for (const style of svg.querySelectorAll("style")) style.remove();
    svg.setAttribute("role", "img");
    for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
    room.replaceChildren(svg);
    figure.dataset.shown = "1";
  };
  paint();
  let width = room.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(room.clientWidth - width) < 8) return;
    width = room.clientWidth;
    paint();
  }).observe(room);
}
