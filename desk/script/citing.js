// A claim's citation, with the address of its words, onto the clipboard.
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
    const button = event.target.closest("[data-cite]");
    if (!button) return;
    const done = await copy(`${button.dataset.cite} ${new URL(button.dataset.link, location.href)}`);
    const said = done ? "Copied" : "Not copied";
    const shown = button.firstChild;
    button.focus({ preventScroll: true });
    shown.data = said;
    document.getElementById("said").textContent = done ? "The citation is copied." : "The browser refused to copy.";
    setTimeout(() => (shown.data = "Cite"), SHOWN_MS);
  });
}
