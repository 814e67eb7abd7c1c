// On paper there are all maps and plots of the page, those too that nobody has scrolled to. Only what is asked for by key or
// button can wait for them; what the browser's menu prints leaves out those not drawn (print.css).
const MOST_MS = 8000;

export function addPrinting(drawAll) {
  /** Prints once the figures are drawn, and after so long in any case. */
  async function printed(drawn) {
    await Promise.race([drawn, new Promise((done) => setTimeout(done, MOST_MS))]);
    print();
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => printed(drawAll()));
  }
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "p") return;
    const drawn = drawAll();
    if (!drawn) return;
    event.preventDefault();
    printed(drawn);
  });
  addEventListener("beforeprint", drawAll);
}
