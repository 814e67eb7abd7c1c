// A small help: a wanted form opened by the URL's hash.
export function addSmallThings() {
  const open = () => {
    const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (wanted instanceof HTMLDetailsElement) wanted.open = true;
    else wanted?.closest?.("details")?.setAttribute("open", "");
  };
  addEventListener("hashchange", open);
  open();
}
