// Leaflet and the live map are loaded where the map is on the screen, in the order of their tags.

function loadMap() {
  for (const { attributes } of document.querySelector("[data-map-files]").content.querySelectorAll("script")) {
    const script = document.createElement("script");
    script.src = attributes.src.value;
    script.async = false;
    document.body.append(script);
  }
}

new ResizeObserver((entries, observer) => {
  if (!entries[0].contentRect.width) return;
  observer.disconnect();
  loadMap();
}).observe(document.querySelector("[data-offer-map]"));
