// Keeps parts of a page up to date while several people work on the same: [data-live] names an address
// that gives them alone, each [data-part] with its id. Inputs stand outside of these parts, so nobody
// is disturbed in typing. A form with [data-quick] is sent without leaving the page. Without a
// script the page is loaded anew.

const PAUSE = 4000; // milliseconds
const filter = document.querySelector("[data-live-filter]");

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Hides the lines of a list that do not hold every word; the button asks the server for all of them.
function sieve(around) {
  if (!filter) return;
  const words = folded(filter.value).split(/\s+/).filter(Boolean);
  for (const row of around.querySelectorAll("tbody tr")) {
    const said = folded(row.textContent);
    row.hidden = !words.every((word) => said.includes(word));
  }
}

function follow(around) {
  const known = new Map();
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.className = "muted";
  around.before(told);
  let sending = false;

  const hold = (part) => {
    const held = document.activeElement;
    if (!part.contains(held)) return () => {};
    const same = held.value ? `[value="${CSS.escape(held.value)}"]` : held.href ? `[href="${CSS.escape(held.getAttribute("href"))}"]` : null;
    return () => same && part.querySelector(same)?.focus({ preventScroll: true });
  };

  const take = (text) => {
    const sent = new DOMParser().parseFromString(text, "text/html");
    for (const fresh of sent.querySelectorAll("[data-part]")) {
      const part = document.getElementById(fresh.id);
      const said = fresh.innerHTML;
      if (!part || known.get(fresh.id) === said) continue;
      known.set(fresh.id, said);
      const again = hold(part);
      part.replaceChildren(...fresh.childNodes);
      again();
    }
    sieve(around);
    told.textContent = "";
  };

  const ask = async () => {
    if (document.hidden || sending) return;
    try {
      const answer = await fetch(around.dataset.live, { redirect: "error" });
      // Closed meanwhile: the page says so. What was sent last is not sent again.
      if (answer.status === 404) return location.replace(around.action ?? location.href);
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      if (!sending) take(text);
    } catch {
      told.textContent = around.dataset.lost;
    }
  };

  const plainly = (button) => {
    around.removeEventListener("submit", send);
    around.requestSubmit(button);
  };

  // Whatever is not simply done is sent again as a page, which says what is wrong beside it.
  const send = async (event) => {
    const button = event.submitter;
    if (button?.value.startsWith("remove")) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    try {
      const answer = await fetch(around.action, { method: "POST", body: new FormData(around, button), headers: { "X-Part": "1" }, redirect: "error" });
      if (answer.status !== 200) return plainly(button);
      if (button.value === "add") for (const field of around.querySelectorAll("textarea")) field.value = "";
      take(await answer.text());
    } catch {
      told.textContent = around.dataset.lost;
    } finally {
      sending = false;
    }
  };

  if ("quick" in around.dataset) around.addEventListener("submit", send);
  setInterval(ask, Number(around.dataset.pause) || PAUSE);
  document.addEventListener("visibilitychange", ask);
}

for (const around of document.querySelectorAll("[data-live]")) {
  follow(around);
  filter?.addEventListener("input", () => sieve(around));
  sieve(around);
}
