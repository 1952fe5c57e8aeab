// The overview: search around the device, open the filters from the bar below, and let a card and
// its marker point at each other through the events "offer:lift" and "offer:drop".

const PAUSE = 150; // milliseconds between two keys, after which somebody waits for suggestions
const STEP = 0.01; // degrees: about a kilometre, and no more leaves the device

function rounded(degrees) {
  return (Math.round(degrees / STEP) * STEP).toFixed(2);
}

function searchAround(position) {
  const near = document.getElementById("near");
  near.value = `${rounded(position.coords.latitude)},${rounded(position.coords.longitude)}`;
  near.form.requestSubmit();
}

function offerPosition() {
  const button = document.querySelector("[data-position]");
  if (!button || !navigator.geolocation) return;
  button.hidden = false;
  const message = document.querySelector("[data-position-message]");
  button.addEventListener("click", () => {
    message.textContent = "";
    navigator.geolocation.getCurrentPosition(
      searchAround,
      () => { message.textContent = button.dataset.failed; },
      { enableHighAccuracy: false, maximumAge: 600000, timeout: 10000 },
    );
  });
}

// While somebody types, the list below the field offers what would find something.
function offerSuggestions() {
  const field = document.querySelector("[data-suggestions]");
  if (!field) return;
  const list = field.list;
  let waiting;
  let asking;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = `${field.dataset.suggestions}&q=${encodeURIComponent(field.value)}`;
    try {
      const response = await fetch(address, { signal: asking.signal });
      if (!response.ok) return;
      const { items } = await response.json();
      list.replaceChildren(...items.map((text) => new Option(text, text)));
    } catch (error) {
      if (error.name !== "AbortError") list.replaceChildren();
    }
  };
  field.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // Choosing from the list is an input as well, but asks for nothing more.
    if (event.inputType && event.inputType !== "insertReplacementText") waiting = setTimeout(ask, PAUSE);
  });
}

function openFilters() {
  for (const link of document.querySelectorAll("[data-opens]")) {
    link.addEventListener("click", (event) => {
      const drawer = document.getElementById(link.dataset.opens);
      event.preventDefault();
      drawer.open = true;
      drawer.querySelector("summary").focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    const drawer = document.getElementById("filters");
    if (event.key === "Escape" && drawer?.open) {
      drawer.open = false;
      drawer.querySelector("summary").focus();
    }
  });
}

function tell(name, card) {
  document.dispatchEvent(new CustomEvent(name, { detail: { id: card.dataset.offer, from: "list" } }));
}

function joinCardsAndMarkers() {
  for (const card of document.querySelectorAll("[data-offer]")) {
    for (const type of ["mouseenter", "focusin"]) card.addEventListener(type, () => tell("offer:lift", card));
    for (const type of ["mouseleave", "focusout"]) card.addEventListener(type, () => tell("offer:drop", card));
  }
  const mark = (event, lifted) => {
    if (event.detail.from === "list") return;
    const card = document.querySelector(`[data-offer="${CSS.escape(event.detail.id)}"]`);
    card?.classList.toggle("card--lifted", lifted);
  };
  document.addEventListener("offer:lift", (event) => mark(event, true));
  document.addEventListener("offer:drop", (event) => mark(event, false));
}

offerPosition();
offerSuggestions();
openFilters();
joinCardsAndMarkers();
