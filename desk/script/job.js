// A job's page follows the job until it is finished.
const EVERY_MS = 1000;

export function watchJob() {
  const shown = () => document.querySelector("[data-job]");
  if (!shown() || shown().dataset.finished === "true") return;
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-job]");
      if (fresh) shown().replaceWith(document.adoptNode(fresh));
    } catch {
      // the next try may succeed
    }
    if (shown().dataset.finished !== "true") setTimeout(again, EVERY_MS);
    else document.getElementById("said").textContent = shown().dataset.said;
  };
  setTimeout(again, EVERY_MS);
}
