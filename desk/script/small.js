// Small helps: the current page's tab in sight where the tabs don't fit, a wanted form opened by the URL's hash, and the form that judges
// a value brought to it by the pencil beside that value.
export function addSmallThings() {
  const nav = document.querySelector(".nav");
  const tab = nav?.querySelector("[aria-current]");
  if (tab && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = tab.offsetLeft - (nav.clientWidth - tab.offsetWidth) / 2;
  const open = () => {
    const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (wanted instanceof HTMLDetailsElement) wanted.open = true;
    else wanted?.closest?.("details")?.setAttribute("open", "");
  };
  addEventListener("hashchange", open);
  open();
  const told = document.getElementById("value-told");
  if (!told) return;
  for (const pencil of document.querySelectorAll("a.fix")) {
    pencil.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // to a tab of its own
      event.preventDefault();
      told.value = pencil.dataset.told;
      const form = told.closest("details");
      form.open = true;
      form.scrollIntoView({ block: "center" });
      document.getElementById("value-right").focus({ preventScroll: true });
    });
  }
}
