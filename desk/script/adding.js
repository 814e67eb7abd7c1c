// Adding by drag and drop, with the progress of the upload; without it the form posts as it stands.
export function addDropping() {
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const drop = form.querySelector(".drop");
  const input = form.querySelector("input[type=file][name=files]");
  const bar = form.querySelector("progress");
  const said = form.querySelector("[data-said]");

  const say = (text) => {
    said.textContent = text;
  };
  function send(files) {
    if (!files.length) return say("Choose at least one file.");
    const bytes = [...files].reduce((sum, f) => sum + f.size, 0);
    if (bytes > Number(form.dataset.mostBytes)) return say("These files are larger than one upload may be; add them in parts.");
    if (files.length > Number(form.dataset.mostFiles)) return say(`At most ${form.dataset.mostFiles} files at once; a .zip counts as one.`);
    const body = new FormData();
    body.append("csrf", form.elements.csrf.value);
    for (const f of files) body.append("files", f, f.webkitRelativePath || f.name);
    const post = new XMLHttpRequest();
    post.open("POST", form.action);
    post.setRequestHeader("accept", "application/json");
    post.setRequestHeader("x-csrf-token", form.elements.csrf.value);
    post.upload.addEventListener("progress", (event) => {
      bar.hidden = false;
      bar.max = event.total;
      bar.value = event.loaded;
      say(`Sending ${files.length} ${files.length === 1 ? "file" : "files"} …`);
    });
    post.addEventListener("load", () => {
      let answer = {};
      try {
        answer = JSON.parse(post.responseText);
      } catch {
        // the status tells
      }
      if (post.status < 300 && answer.url) return location.assign(new URL(answer.url, location.href));
      bar.hidden = true;
      say([answer.message, answer.hint].filter(Boolean).join(" ") || `The server refused the files (${post.status}).`);
    });
    post.addEventListener("error", () => {
      bar.hidden = true;
      say("The connection broke; nothing was added. Try again.");
    });
    post.send(body);
  }

  /** Files of a drop, those in folders too. */
  async function dropped(transfer) {
    const entries = [...transfer.items].map((i) => i.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.length) return [...transfer.files];
    const found = [];
    const walk = async (entry) => {
      if (entry.isFile) return found.push(await new Promise((done, fail) => entry.file(done, fail)));
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!some.length) return;
        for (const e of some) await walk(e);
      }
    };
    for (const e of entries) await walk(e);
    return found;
  }

  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    send(await dropped(event.dataTransfer));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const folder = form.querySelector("[data-folder]");
    send([...input.files, ...(folder?.files ?? [])]);
  });
  for (const shy of form.querySelectorAll("[data-with-script]")) shy.hidden = false;
}
