// Single keys, everywhere the same: ? help, / search, g and a letter to a page, j k along a list, c copies a citation.
// All of them can be switched off in the help (WCAG 2.1.4); pages add their own.
const OFF = "accordingto-keys-off";
const PAGES = { f: "/", i: "/incidents", r: "/reports", c: "/claims", s: "/sources", u: "/anonymous", t: "/tolls", m: "/commitments", v: "/review", a: "/add" };
const ITEMS = "main :is(.rows > li, table.stack tbody tr, .contest, article.card)";
const AFTER_G_MS = 1500;

const kept = () => {
  try {
    return localStorage.getItem(OFF);
  } catch {
    return null;
  }
};

/** Moves the focus along the things that a page lists. */
function step(by) {
  const items = [...document.querySelectorAll(ITEMS)].filter((i) => i.offsetParent && i.querySelector("a[href]"));
  if (!items.length) return;
  const now = items.findIndex((i) => i.contains(document.activeElement));
  const to = items[now < 0 ? (by > 0 ? 0 : items.length - 1) : Math.max(0, Math.min(now + by, items.length - 1))];
  const target = to.hasAttribute("tabindex") ? to : to.querySelector(":is(h3, th, .who) a[href], a[href]");
  target.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}

export function addKeys(own) {
  const help = document.getElementById("keys");
  if (!help) return;
  const on = help.querySelector("[name=keys]");
  on.checked = !kept();
  on.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, on.checked ? "" : "1");
    } catch {
      // not remembered then
    }
  });
  for (const opener of document.querySelectorAll("[data-keys-help]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
  }
  let going = 0;
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    c: () => document.activeElement.closest("li, article, tr")?.querySelector("[data-cite]")?.click(),
    g: () => (going = Date.now()),
    "/": () => document.querySelector("#q, #mast-q")?.focus(),
    "?": () => help.showModal(),
    ...own,
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open || !on.checked) return;
    if (event.repeat && event.key !== "j" && event.key !== "k") return; // held, no key answers or leads away again
    const page = Date.now() - going < AFTER_G_MS && PAGES[event.key];
    going = 0;
    if (!page && !keys[event.key]) return;
    event.preventDefault();
    if (page) location.assign(page);
    else keys[event.key]();
  });
}
