// Unsaved work is not lost: what is typed is kept for this tab and brought back after a reload or
// an ended session. It is thrown away once the form was saved (page.js).

(() => {
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  // The answer to a save may carry ?saved=1, which is nothing to be kept in the address.
  const page = new URL(location.href);
  if (page.searchParams.has("saved")) {
    page.searchParams.delete("saved");
    history.replaceState(null, "", page);
  }

  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const key = `form:${new URL(form.action).pathname.replace(/^\/[^/]+/, "")}${new URL(form.action).search}`;
  const state = form.querySelector("[data-save-state]");
  // The answer to a save that was refused holds what was typed, and the version to save it with.
  const [visit] = performance.getEntriesByType("navigation");
  const answered = new URL(form.action).pathname === location.pathname && (visit?.responseStatus >= 400 || summary);
  let dirty = "typed" in form.dataset || Boolean(answered);
  let sending = false;

  const read = () => [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");

  const keep = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(read()));
    } catch {
      // The browser keeps nothing for us (private mode, full): the warning on leaving remains.
    }
  };

  const mark = () => {
    dirty = true;
    if (state) state.textContent = state.dataset.unsaved;
  };

  const rebuildRows = (pairs) => {
    for (const list of form.querySelectorAll("[data-rows]")) {
      const begins = `${list.dataset.rows}-`;
      const numbers = new Set(pairs.filter(([name]) => name.startsWith(begins)).map(([name]) => parseInt(name.slice(begins.length), 10)));
      for (const row of list.querySelectorAll("[data-row]")) {
        const input = row.querySelector("[name]");
        const number = parseInt(input.name.slice(begins.length), 10);
        if (!numbers.delete(number)) row.remove();
      }
      for (const number of numbers) window.formRows.add(list, number);
    }
  };

  const restore = (pairs) => {
    rebuildRows(pairs);
    const given = new Map();
    for (const [name, value] of pairs) given.set(name, [...(given.get(name) ?? []), value]);
    for (const input of form.elements) {
      if (!input.name || input.name === "csrf_token" || input.type === "submit") continue;
      const values = given.get(input.name) ?? [];
      if (input.type === "checkbox") input.checked = values.includes(input.value);
      else if (values.length) {
        if (input.tagName === "SELECT" && ![...input.options].some((option) => option.value === values[0])) input.add(new Option(values[0], values[0]));
        input.value = values[0];
        input.dispatchEvent(new Event("change"));
      }
    }
  };

  const offerDiscard = () => {
    form.before(document.getElementById("kept-draft").content.cloneNode(true));
    form.previousElementSibling.querySelector("[data-discard]").addEventListener("click", () => {
      sessionStorage.removeItem(key);
      dirty = false;
      sending = true;
      location.reload();
    });
  };

  const kept = sessionStorage.getItem(key);
  if (dirty) keep();
  else if (kept && kept !== JSON.stringify(read())) {
    restore(JSON.parse(kept));
    offerDiscard();
    mark();
  }

  let waiting;
  form.addEventListener("input", () => {
    mark();
    clearTimeout(waiting);
    waiting = setTimeout(keep, 400);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    keep();
    if (event.submitter?.formTarget) return; // a preview opens beside the form, which stays
    sending = true;
    try { sessionStorage.setItem("form-sent", key); } catch { /* nothing was kept either */ }
  });
  addEventListener("pagehide", () => { if (dirty && !sending) keep(); });
  addEventListener("beforeunload", (event) => {
    if (dirty && !sending) event.preventDefault();
  });
})();
