// Islands over pages that work without them. Nothing here makes HTML from text: pieces come from the server, escaped.
import { addTheme } from "./theme.js";
import { addLiveForms } from "./live.js";
import { addHoverCards } from "./words.js";
import { addReading } from "./reading.js";
import { addReview } from "./review.js";
import { addKeys } from "./keys.js";
import { addCiting } from "./citing.js";
import { addDropping } from "./adding.js";
import { watchJob } from "./job.js";
import { addPrinting } from "./printing.js";
import { addSmallThings } from "./small.js";

/** Says in a figure's place that it can't be shown. */
function excuse(figure, fault) {
  console.debug(fault);
  const [what, other] = figure.dataset.map !== undefined ? ["map", "list"] : ["plot", "table"];
  const room = figure.querySelector(".wait, .drawn");
  if (room) room.textContent = `The ${what} could not be loaded; the ${other} tells the same.`;
}

const waiting = new Set(); // figures that nobody has come near
const drawing = new Set(); // the promises of those that are being drawn

/** Draws a map or a plot; its script is loaded only now. */
function draw(figure) {
  if (!waiting.delete(figure)) return;
  const island = figure.dataset.map !== undefined ? import("./map.js") : import("./plots.js");
  const drawn = island.then((m) => m.show(figure)).catch((fault) => excuse(figure, fault));
  drawing.add(drawn);
  drawn.finally(() => drawing.delete(drawn));
}

/** Draws all figures of the page, wherever they stand; says whether there is anything to wait for, and when it is done. */
function drawAll() {
  for (const figure of [...waiting]) {
    if (figure.isConnected) draw(figure);
    else waiting.delete(figure);
  }
  return drawing.size ? Promise.all(drawing) : undefined;
}

/** Draws map and plots, each only where the page shows one and when it comes near the view. */
function addFigures(root) {
  const near = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target);
      }
    },
    { rootMargin: "300px" },
  );
  for (const place of root.querySelectorAll("[data-map], [data-plot]")) {
    waiting.add(place);
    near.observe(place);
  }
}

/** What a newly shown part of a page needs. */
function enliven(root) {
  addFigures(root);
  addHoverCards(root);
}

addTheme();
enliven(document);
addLiveForms(enliven);
addReading();
addKeys(addReview());
addCiting();
addDropping();
watchJob();
addPrinting(drawAll);
addSmallThings();
