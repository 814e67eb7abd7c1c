// A report: a mark leads to its card and a card to its words; the switches are remembered.
const KEPT = "accordingto-marks-off";

export function addReading() {
  const page = document.querySelector(".reading");
  if (!page) return;
  const switches = [...page.querySelectorAll(".switches input")];
  try {
    const off = new Set((localStorage.getItem(KEPT) || "").split(","));
    for (const s of switches) if (off.has(s.name)) s.checked = false;
  } catch {
    // no storage: switches start as the server sent them
  }
  page.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, switches.filter((s) => !s.checked).map((s) => s.name).join(","));
    } catch {
      // nothing is remembered then
    }
  });

  const light = (id) => {
    for (const lit of page.querySelectorAll(".lit")) lit.classList.remove("lit");
    const card = page.querySelector(`[data-card="${CSS.escape(id)}"]`);
    if (!card) return false;
    card.classList.add("lit");
    for (const m of page.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)) m.classList.add("lit");
    return card;
  };
  page.querySelector(".printed")?.addEventListener("click", (event) => {
    for (let m = event.target.closest("[data-id]"); m; m = m.parentElement?.closest("[data-id]")) {
      const card = light(m.dataset.id);
      if (!card) continue;
      event.preventDefault();
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      card.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
      if (event.target.closest("a")) card.focus({ preventScroll: true });
      return;
    }
  });
  /** Where the URL leads to words, their innermost claim's card is lit beside them. */
  const told = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const marks = place ? [...place.querySelectorAll(".m-claim[data-id], .m-source[data-id], .m-cue[data-id]")] : [];
    const card = marks.reverse().map((m) => light(m.dataset.id)).find(Boolean);
    const side = card?.closest("aside");
    if (side) side.scrollTop = card.offsetTop - side.clientHeight / 3;
  };
  addEventListener("hashchange", told);
  told();
  for (const card of page.querySelectorAll(".card[data-card]")) {
    card.addEventListener("pointerenter", () => light(card.dataset.card));
    card.addEventListener("focusin", () => light(card.dataset.card));
  }
}
