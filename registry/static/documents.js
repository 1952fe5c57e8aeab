// A document takes some seconds to make: it is fetched here, so that the page says so meanwhile.

(() => {
  const state = document.querySelector("[data-making]");
  const bar = state.querySelector("progress");
  const words = state.querySelector("p");

  const tell = (text, running = false) => {
    bar.hidden = !running;
    words.textContent = text;
  };

  const named = (told) => decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(told)?.[1] ?? /filename="?([^";]+)/.exec(told)?.[1] ?? "");

  const hand = (content, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const take = async (address, form, button) => {
    tell(state.dataset.making, true);
    try {
      const answer = await fetch(address, form && { method: "POST", body: new FormData(form, button) });
      if (answer.status >= 500) return tell(state.dataset.failed);
      if (!answer.ok || answer.redirected) return form ? plainly(form, button) : location.assign(address); // to what the server says of it
      hand(await answer.blob(), named(answer.headers.get("Content-Disposition")));
      tell(state.dataset.made);
    } catch {
      tell(state.dataset.failed);
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
    if (!link) return;
    event.preventDefault();
    if (bar.hidden) take(link.href);
  });
})();
