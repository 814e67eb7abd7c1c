// The review queue by keyboard: j/k next and previous, y/n answer, e edit, u undo, ? help. The keys can be switched off.
const OFF = "accordingto-keys-off";
const AT = "accordingto-review-at";

const kept = (store, name) => {
  try {
    return store.getItem(name);
  } catch {
    return null;
  }
};
const keep = (store, name, value) => {
  try {
    store.setItem(name, value);
  } catch {
    // not remembered then
  }
};

export function addReview() {
  const queue = document.querySelector(".queue");
  const help = document.getElementById("keys");
  const opener = document.querySelector("[data-keys-help]");
  if (!help) return;
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
  const on = help.querySelector("[name=keys]");
  on.checked = !kept(localStorage, OFF);
  on.addEventListener("change", () => keep(localStorage, OFF, on.checked ? "" : "1"));

  const items = queue ? [...queue.children] : [];
  let at = Math.min(Number(kept(sessionStorage, AT)) || 0, items.length - 1);
  const go = (to, focus = true) => {
    if (!items.length) return;
    items[at]?.classList.remove("now");
    at = Math.max(0, Math.min(to, items.length - 1));
    keep(sessionStorage, AT, at);
    items[at].classList.add("now");
    items[at].setAttribute("tabindex", "-1");
    if (focus) {
      items[at].focus({ preventScroll: true });
      items[at].scrollIntoView({ block: "nearest" });
    }
  };
  go(at, Boolean(document.querySelector(".undo")));
  queue?.addEventListener("focusin", (event) => {
    const item = items.indexOf(event.target.closest(".queue > li"));
    if (item >= 0 && item !== at) go(item, false);
  });

  const press = (selector, root) => root?.querySelector(selector)?.click();
  const keys = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    y: () => press("[name=answer][value=y]", items[at]),
    n: () => press("[name=answer][value=n]", items[at]),
    e: () => press("[data-edit]", items[at]),
    u: () => press("[data-undo]", document),
    "?": () => help.showModal(),
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (!on.checked && event.key !== "?") return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
