// The review queue by keyboard: j/k next and previous, y/n answer, e edit, u undo.
const AT = "accordingto-review-at";

const kept = (name) => {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
};
const keep = (name, value) => {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // not remembered then
  }
};

/** The queue's own keys; none where the page is no queue. */
export function addReview() {
  const queue = document.querySelector(".queue");
  if (!queue && !document.querySelector(".undo [data-undo]")) return {};
  const items = queue ? [...queue.children] : [];
  let at = Math.min(Number(kept(AT)) || 0, items.length - 1);
  const go = (to, focus = true) => {
    if (!items.length) return;
    items[at]?.classList.remove("now");
    at = Math.max(0, Math.min(to, items.length - 1));
    keep(AT, at);
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

  let sent = false; // one answer a page: a second would be to a question that nobody has read
  addEventListener("submit", (event) => {
    if (!event.target.matches(".queue form, .undo form")) return;
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) sent = false; // come back to
  });

  const press = (selector, root) => root?.querySelector(selector)?.click();
  return {
    j: () => go(at + 1),
    k: () => go(at - 1),
    y: () => press("[name=answer][value=y]", items[at]),
    n: () => press("[name=answer][value=n]", items[at]),
    e: () => press("[data-edit]", items[at]),
    u: () => press("[data-undo]", document),
  };
}
