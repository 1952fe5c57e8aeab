// Where a place lies: a click on a small map sets the coordinates; a changed postcode or
// municipality proposes them. The map shows outlines from our own server, never tiles.

(() => {
  const lang = document.documentElement.lang;
  let outlines;
  const loadOutlines = () => {
    outlines ??= fetch(`/${lang}/map/outlines.geojson`)
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
    return outlines;
  };

  const textOf = (name) => {
    const made = document.createElement("span");
    made.textContent = name;
    return made;
  };

  const field = (row, name) => row.querySelector(`[name$=".${name}"]`);

  const setUp = (holder) => {
    const row = holder.closest("[data-row]");
    if (!row || holder.dataset.ready || !window.L) return;
    holder.dataset.ready = "yes";
    holder.hidden = false;
    const lat = field(row, "lat");
    const lon = field(row, "lon");
    const box = holder.querySelector(".place-map");
    const map = L.map(box, { attributionControl: false, zoomSnap: 0.5 }).setView([49.18, 11.15], 9.5);
    const marker = L.circleMarker([0, 0], { radius: 9, weight: 3, color: "#fff", fillColor: "#c0143c", fillOpacity: 1 });
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", holder.dataset.label);

    const put = (first) => {
      const at = [Number(lat.value.replace(",", ".")), Number(lon.value.replace(",", "."))];
      if (!lat.value || !lon.value || at.some(Number.isNaN)) { marker.remove(); return; }
      marker.setLatLng(at).addTo(map);
      if (first || !map.getBounds().contains(at)) map.setView(at, Math.max(map.getZoom(), 11));
    };
    loadOutlines().then((data) => {
      if (!data) return;
      const style = { color: "#5b6478", weight: 1, fillColor: "#8a93a8", fillOpacity: 0.12, interactive: false };
      const layer = L.geoJSON(data, { style, interactive: false, filter: (each) => each.geometry.type !== "Point" }).addTo(map);
      layer.eachLayer((each) => {
        if (each.feature.properties.level === "municipality") each.bindTooltip(textOf(each.feature.properties.name), { permanent: true, direction: "center", className: "place-map__name" });
      });
      if (!lat.value) map.fitBounds(layer.getBounds());
      marker.bringToFront();
    });
    map.on("click", (event) => { set(lat, lon, event.latlng.lat, event.latlng.lng); });
    for (const each of [lat, lon]) each.addEventListener("change", () => put(false));
    new ResizeObserver(() => map.invalidateSize()).observe(box);
    put(true);
  };

  const set = (lat, lon, a, b) => {
    lat.value = a.toFixed(5);
    lon.value = b.toFixed(5);
    for (const each of [lat, lon]) each.dispatchEvent(new Event("change", { bubbles: true }));
    lat.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // Coordinates that were typed or clicked are never replaced by a proposal.
  const listen = (row) => {
    const lat = field(row, "lat");
    const lon = field(row, "lon");
    const postcode = field(row, "postcode");
    const municipality = field(row, "municipality");
    const city = field(row, "city");
    let proposed = lat.value ? null : "";
    const ask = async (event) => {
      const given = new URLSearchParams({ postcode: postcode.value.trim(), municipality: event.target === postcode ? "" : municipality.value });
      const answer = await fetch(`/${lang}/office/proposal?${given}`).catch(() => null);
      if (!answer || !answer.ok) return;
      const data = await answer.json();
      for (const { ags, name } of data.municipalities) {
        if (![...municipality.options].some((option) => option.value === ags)) municipality.add(new Option(name, ags));
      }
      if (!municipality.value && data.municipality) municipality.value = data.municipality;
      if (city && !city.value) city.value = data.city;
      if (data.lat !== null && (!lat.value || lat.value === proposed)) {
        set(lat, lon, data.lat, data.lon);
        proposed = lat.value;
      }
    };
    for (const each of [postcode, municipality]) if (each) each.addEventListener("change", ask);
  };

  // A map is drawn when its part of the form comes into sight.
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); setUp(entry.target.querySelector("[data-place-map]")); }
  }, { rootMargin: "200px" });
  const watch = (root) => {
    for (const holder of root.querySelectorAll("[data-place-map]")) {
      listen(holder.closest("[data-row]"));
      seen.observe(holder.closest("[data-row]"));
    }
  };
  watch(document);
  document.addEventListener("row-added", (event) => watch(event.target));
})();
