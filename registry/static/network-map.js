// Links between places: folium's shell calls registryMap.start with a Leaflet map and plain data.
// Every name is set as text, never as markup.

const registryMap = (() => {
  const WIDTHS = { 1: 1, 2: 2, 3: 3.5 };

  function words(names) {
    const list = document.createElement("ul");
    list.className = "plain-list";
    for (const name of names) list.append(Object.assign(document.createElement("li"), { textContent: name }));
    return list;
  }

  function name(map, { name, middle }) {
    const html = Object.assign(document.createElement("span"), { textContent: name });
    const icon = L.divIcon({ html, className: "map__name map__name--municipality", iconSize: [0, 0] });
    L.marker(middle, { icon, pane: "names", interactive: false, keyboard: false }).addTo(map);
  }

  async function read(address) {
    const answer = await fetch(address);
    return answer.ok ? answer.json() : { features: [] };
  }

  async function start(map, data) {
    const box = map.getContainer().closest("[data-network-map]");
    box.classList.add("map--live");
    box.setAttribute("data-drawn", "");
    map.invalidateSize({ animate: false });
    map.attributionControl.setPrefix(false).addAttribution(data.attribution);
    L.control.zoom({ zoomInTitle: data.zoom_in, zoomOutTitle: data.zoom_out }).addTo(map);
    map.fitBounds(data.bounds, { animate: false });
    const [outlines, links] = await Promise.all([read(data.outlines), read(box.dataset.networkMap)]);
    L.geoJSON(outlines, {
      interactive: false,
      style: ({ properties }) => ({ className: `map__outline map__outline--${properties.level}` }),
    }).addTo(map);
    map.createPane("names");
    for (const { properties } of outlines.features) if (properties.level === "municipality" && properties.middle) name(map, properties);
    L.geoJSON(links, {
      style: ({ geometry, properties }) => geometry.type === "Point" ? {} : { className: `link link--${properties.state}`, weight: WIDTHS[properties.intensity] },
      pointToLayer: ({ properties }, place) => L.circleMarker(place, { radius: Math.min(14, 5 + properties.names.length), className: "network-map__place" }),
      onEachFeature: ({ properties }, layer) => layer.bindTooltip(words(properties.names), { sticky: true }),
    }).addTo(map);
  }

  return { start };
})();
