// Small helps: the current page's tab in sight where the tabs don't fit, a wanted form opened by the URL's hash.
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
}
