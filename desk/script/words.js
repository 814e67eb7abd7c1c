// A card with the exact words behind a value, on hover and on focus; Escape puts it away (WCAG 1.4.13).
let card;

function place(target) {
  const box = target.getBoundingClientRect();
  const wide = card.offsetWidth;
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - wide - 8));
  const below = box.bottom + card.offsetHeight + 12 < innerHeight;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(below ? box.bottom + 6 : box.top - card.offsetHeight - 6) + scrollY}px`;
}

function show(target) {
  hide();
  card = document.createElement("div");
  card.className = "hover-card";
  card.id = "hover-card";
  card.setAttribute("role", "tooltip");
  if (target.dataset.words) {
    const words = document.createElement("q");
    words.dir = "auto";
    words.textContent = target.dataset.words;
    card.append(words);
  }
  for (const text of [target.dataset.who, target.dataset.note]) {
    if (!text) continue;
    const line = document.createElement("p");
    line.dir = "auto";
    line.textContent = text;
    card.append(line);
  }
  document.body.append(card);
  target.setAttribute("aria-describedby", "hover-card");
  place(target);
}

function hide() {
  document.querySelector("[aria-describedby='hover-card']")?.removeAttribute("aria-describedby");
  card?.remove();
  card = undefined;
}

export function addHoverCards(root) {
  for (const value of root.querySelectorAll("[data-words]")) {
    value.addEventListener("pointerenter", () => show(value));
    value.addEventListener("pointerleave", hide);
    value.addEventListener("focus", () => show(value));
    value.addEventListener("blur", hide);
  }
}

addEventListener("keydown", (event) => event.key === "Escape" && hide());
