// A document takes some seconds to make: it is fetched here, so that the page says so meanwhile, and
// how far it is where that is counted (core/documents/handing.py).

(() => {
  const COUNTED = "application/x-counted";
  const state = document.querySelector("[data-making]");
  const bar = state.querySelector("progress");
  const words = state.querySelector("p");
  let done = 0;
  let total = 0;

  const filled = (text) => text.replace("{done}", done).replace("{total}", total);

  const tell = (text, running = false) => {
    bar.hidden = !running;
    words.textContent = text;
  };

  const count = () => {
    bar.max = total;
    bar.value = done;
    tell(filled(state.dataset.counted), true);
  };

  const named = (told) => decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(told)?.[1] ?? /filename="?([^";]+)/.exec(told)?.[1] ?? "");

  const hand = (content, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    tell(state.dataset.made);
    if (!state.dataset.again) return setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    link.textContent = state.dataset.again;
    link.dataset.handed = "";
    words.append(" ", link);
  };

  // Lines tell how far it is, the last one what the file is called and how long it is; the rest is the file.
  const followed = async (answer) => {
    const reader = answer.body.getReader();
    const pieces = [];
    let head = new Uint8Array();
    let file = null;
    const take = (piece) => {
      if (file) return pieces.push(piece);
      head = new Uint8Array([...head, ...piece]);
      for (let end = head.indexOf(10); end >= 0 && !file; end = head.indexOf(10)) {
        const [first, ...others] = new TextDecoder().decode(head.subarray(0, end)).split(" ");
        head = head.slice(end + 1);
        if (first === "file") file = { size: Number(others[0]), type: others[1], name: decodeURIComponent(others[2]) };
        else {
          [done, total] = [Number(first), Number(others[0])];
          count();
        }
      }
      if (file) pieces.push(head);
    };
    for (let part = await reader.read(); !part.done; part = await reader.read()) take(part.value);
    const content = new Blob(pieces, { type: file?.type });
    if (!file || content.size !== file.size) throw new Error("broken off");
    hand(content, file.name);
  };

  const take = async (address, form, button) => {
    [done, total] = [0, 0];
    bar.removeAttribute("value");
    tell(state.dataset.making, true);
    try {
      const answer = await fetch(address, form && { method: "POST", body: new FormData(form, button), headers: state.dataset.counted ? { Accept: `${COUNTED}, */*` } : {} });
      if (answer.status >= 500) return tell(state.dataset.failed);
      if (!answer.ok || answer.redirected) return form ? plainly(form, button) : location.assign(address); // to what the server says of it
      if (answer.headers.get("Content-Type")?.startsWith(COUNTED)) return await followed(answer);
      hand(await answer.blob(), named(answer.headers.get("Content-Disposition")));
    } catch {
      tell(total ? filled(state.dataset.broken) : state.dataset.failed);
    }
  };

  const plainly = (form, button) => {
    form.removeEventListener("submit", submitted);
    form.requestSubmit(button);
  };

  const submitted = (event) => {
    event.preventDefault();
    const { currentTarget: form, submitter: button } = event;
    if (bar.hidden) take(button.formAction, form, button); // one at a time
  };

  const documents = document.querySelector("[data-documents]");
  documents.addEventListener("submit", submitted);
  documents.addEventListener("click", (event) => {
    const link = event.target.closest("a[download]");
    if (!link || "handed" in link.dataset) return;
    event.preventDefault();
    if (bar.hidden) take(link.href);
  });
})();
