// A claim's citation, with the address of its words, or an incident's id onto the clipboard.
const SHOWN_MS = 2000;

/** Without a secure context browsers give no clipboard: an older way that they still know. */
function copyByHand(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "unseen";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

export function addCiting() {
  document.documentElement.dataset.script = "";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-cite], [data-copy]");
    if (!button) return;
    const { cite, link, copy: plain } = button.dataset;
    const done = await copy(plain ?? `${cite} ${new URL(link, location.href)}`);
    const shown = button.firstChild;
    button.focus({ preventScroll: true });
    shown.data = done ? "Copied" : "Not copied";
    document.getElementById("said").textContent = !done ? "The browser refused to copy." : plain ? "The id is copied." : "The citation is copied.";
    setTimeout(() => (shown.data = plain ? "Copy" : "Cite"), SHOWN_MS);
  });
}
