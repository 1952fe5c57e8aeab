// Leaflet and the live map are loaded where the map is on the screen: the style first, then the
// scripts in the order of their tags, all of them asked for at once.

const files = document.querySelector("[data-map-files]").content;
const addresses = [...files.querySelectorAll("script")].map((script) => script.getAttribute("src"));

function linked(attributes) {
  const link = Object.assign(document.createElement("link"), attributes);
  document.head.append(link);
  return link;
}

function runScripts() {
  for (const address of addresses) {
    const script = document.createElement("script");
    script.src = address;
    script.async = false;
    document.body.append(script);
  }
}

function loadMap() {
  for (const href of addresses) linked({ rel: "preload", as: "script", href });
  const style = linked({ rel: "stylesheet", href: files.querySelector("link").getAttribute("href") });
  style.addEventListener("load", runScripts);
  style.addEventListener("error", runScripts);
}

new ResizeObserver((entries, observer) => {
  if (!entries[0].contentRect.width) return;
  observer.disconnect();
  loadMap();
}).observe(document.querySelector("[data-offer-map]"));
