// Forms of filters and of search: results follow what is typed or chosen, and the URL with them.
const WAIT_MS = 250;
const SILENT = "The desk did not answer; try again.";

/** The form as a clean URL: empty fields left out. */
function address(form) {
  const url = new URL(form.action);
  url.search = "";
  for (const [name, value] of new FormData(form)) if (String(value).trim()) url.searchParams.append(name, value);
  return url;
}

/** Says how many filters are set, where they are folded away. */
function count(form) {
  const shown = form.querySelector("[data-set]");
  if (!shown) return;
  const set = [...address(form).searchParams.keys()].filter((name) => name !== "q" && name !== "sort").length;
  shown.textContent = set ? `${set} set` : "";
}

export function addLiveForms(enliven) {
  let asked;
  const here = () => location.pathname + location.search;
  let shown = here();
  const trouble = document.createElement("p");
  trouble.className = "note bad";

  /** Leaves the results as they are and says why they did not follow. */
  function stay(results, words) {
    results.removeAttribute("aria-busy");
    trouble.textContent = words;
    results.prepend(trouble);
    const said = document.getElementById("said");
    if (said) said.textContent = words;
  }

  /** Puts the results of another URL in place of those shown; leaves the form, and the focus in it, alone. */
  async function swap(url, push) {
    asked?.abort();
    asked = new AbortController();
    const results = document.getElementById("results");
    results.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("results");
      if (!fresh && answer.redirected) return void location.assign(url); // to the sign-in
      if (!fresh) return stay(results, (!answer.ok && page.querySelector("main .lede")?.textContent) || SILENT);
      results.replaceWith(document.adoptNode(fresh));
      document.title = page.title;
      if (push) history.pushState({ live: true }, "", url);
      else history.replaceState({ live: true }, "", url);
      shown = here();
      enliven(document.getElementById("results"));
      const said = document.getElementById("said");
      if (said) said.textContent = fresh.dataset.said || "Results changed";
    } catch (fault) {
      if (fault.name !== "AbortError") stay(results, SILENT);
    }
  }

  for (const form of document.querySelectorAll("form[data-live]")) {
    let timer;
    const later = (push) => {
      clearTimeout(timer);
      timer = setTimeout(() => swap(address(form), push), push ? 0 : WAIT_MS);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      later(true);
    });
    form.addEventListener("input", (event) => {
      if (event.target.type === "search" || event.target.type === "text") later(false);
    });
    form.addEventListener("change", (event) => {
      count(form);
      if (event.target.type !== "search" && event.target.type !== "text") later(true);
    });
  }
  addEventListener("popstate", () => {
    if (here() !== shown) location.reload(); // a fragment alone is no other page
  });
}
