// Small helps: printing, `/` to the search, asking before what can't be withdrawn, a wanted form opened by the URL's hash.
export function addSmallThings() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select")) return;
    const search = document.querySelector("#q, #mast-q");
    if (!search) return;
    event.preventDefault();
    search.focus();
  });
  const open = () => {
    const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (wanted instanceof HTMLDetailsElement) wanted.open = true;
    else wanted?.closest?.("details")?.setAttribute("open", "");
  };
  addEventListener("hashchange", open);
  open();
}
