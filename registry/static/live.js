// Keeps a part of a page up to date while several people work on the same: [data-live] names an
// address that gives the part alone. What somebody is typing in it is left alone. Without a script
// the page is loaded anew.

const PAUSE = 4000; // milliseconds
const FIELDS = "input:not([type=hidden]):not([type=checkbox]), textarea, select";
const filter = document.querySelector("[data-live-filter]");

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Hides the lines of a list that do not hold every word; the button asks the server for all of them.
function sieve(part) {
  if (!filter) return;
  const words = folded(filter.value).split(/\s+/).filter(Boolean);
  for (const row of part.querySelectorAll("tbody tr")) {
    const said = folded(row.textContent);
    row.hidden = !words.every((word) => said.includes(word));
  }
}

function follow(part) {
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.className = "muted";
  part.before(told);
  let before = "";

  const writes = () => {
    const active = document.activeElement;
    const typing = part.contains(active) && active.matches(FIELDS);
    const changed = [...part.querySelectorAll("textarea, input[type=text]")].some((each) => each.value !== each.defaultValue);
    return typing || changed || part.querySelector("details[open] form, [aria-expanded=true]");
  };

  const take = (text) => {
    if (text === before) return;
    before = text;
    const held = part.contains(document.activeElement) && document.activeElement;
    const [id, value] = [held?.id, held?.value];
    part.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
    sieve(part);
    const again = id ? document.getElementById(id) : value && part.querySelector(`[value="${CSS.escape(value)}"]`);
    again?.focus({ preventScroll: true });
  };

  const ask = async () => {
    if (document.hidden || writes()) return;
    try {
      const answer = await fetch(part.dataset.live, { headers: { "X-Part": "1" }, redirect: "error" });
      if (answer.status === 404) return location.reload(); // closed meanwhile: the page says what holds
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      if (!writes()) take(text);
      told.textContent = "";
    } catch {
      told.textContent = part.dataset.lost;
    }
  };

  setInterval(ask, Number(part.dataset.pause) || PAUSE);
  document.addEventListener("visibilitychange", ask);
}

for (const part of document.querySelectorAll("[data-live]")) {
  follow(part);
  filter?.addEventListener("input", () => sieve(part));
  sieve(part);
}
