// Light, dark or as the system says; kept in the cookie `theme`, so that the server sends the page right at once.
const NEXT = { auto: "dark", dark: "light", light: "auto" };
const WORDS = { auto: "as the system", dark: "dark", light: "light" };

export function addTheme() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const root = document.documentElement;
  const tell = () => {
    const now = root.dataset.theme || "auto";
    button.querySelector("[data-say]").textContent = `Colours: ${WORDS[now]}. Change to ${WORDS[NEXT[now]]}`;
    button.querySelector("[data-sign]").textContent = { auto: "◐", dark: "●", light: "○" }[now];
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = NEXT[root.dataset.theme || "auto"];
    root.dataset.theme = next;
    document.cookie = `theme=${next}; path=/; max-age=31536000; SameSite=Lax`;
    tell();
  });
  tell();
}
