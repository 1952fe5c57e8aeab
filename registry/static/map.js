// The map: folium's shell calls registryMap.start with a Leaflet map and plain data. Outlines and
// hits are fetched from this server; every text from there is set as text, never as markup.

const registryMap = (() => {
  const FAR = 10; // below this zoom only districts are named
  const CLOSE = 14; // from here on points carry their name
  const VIEW = "registry-map-view";
  const TILES = "registry-map-tiles";
  const LAST = "registry-map-last"; // where somebody looked, if this device keeps pages (pocket.js)
  const TILE = 256; // pixels
  const KEYS = new Set(["Enter", " "]);

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function filled(template, values) {
    return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  function escaped(text) {
    const plain = element("span", "", text);
    return plain.innerHTML;
  }

  function keepsPages() {
    try {
      return localStorage.getItem("registry-offline") === "yes";
    } catch {
      return false;
    }
  }

  class OfferMap {
    constructor(map, data) {
      this.map = map;
      this.data = data;
      this.texts = data.texts;
      this.fields = new Map(data.fields.map((field) => [field.key, field]));
      this.canvas = map.getContainer();
      this.box = this.canvas.closest("[data-offer-map]");
      this.markers = new Map();
      this.shown = false;
    }

    part(name) {
      return this.box.querySelector(`[data-map-${name}]`);
    }

    start() {
      this.box.classList.add("map--live");
      this.canvas.setAttribute("role", "group");
      this.canvas.setAttribute("aria-label", this.texts.map);
      this.map.attributionControl.setPrefix(false).addAttribution(escaped(this.data.attribution));
      L.control
        .zoom({ zoomInTitle: this.texts.zoom_in, zoomOutTitle: this.texts.zoom_out })
        .addTo(this.map);
      this.map.createPane("names");
      this.hits = L.layerGroup().addTo(this.map);
      this.map.on("zoomend", () => this.markDistance());
      this.map.on("popupopen", (event) => this.translatePopup(event.popup));
      this.listenToCards();
      this.offerTiles();
      this.drawOutlines();
      new ResizeObserver(() => this.resized()).observe(this.canvas);
      this.resized();
    }

    // A map that is not on the screen yet has no size; it looks for its view when it gets one.
    resized() {
      this.resizing = true;
      this.map.invalidateSize({ animate: false });
      this.resizing = false;
      if (this.shown || !this.map.getSize().x || !this.map.getSize().y) return;
      this.shown = true;
      this.setFirstView();
      this.markDistance();
      this.load();
      this.map.on("moveend", () => this.load());
      this.map.on("moveend", () => this.rememberView());
      this.offerSearch();
    }

    setFirstView() {
      const own = L.latLngBounds(this.data.bounds);
      if (!this.box.dataset.near) {
        const last = this.lastView();
        if (last) this.map.setView(last.middle, last.zoom, { animate: false });
        else this.map.fitBounds(own, { animate: false });
        return;
      }
      const [lat, lon, km] = this.box.dataset.near.split(",").map(Number);
      const kept = JSON.parse(sessionStorage.getItem(VIEW) || "null");
      const reach = L.circle([lat, lon], { radius: km * 1000, interactive: false, className: "map__reach" });
      reach.addTo(this.map);
      if (kept && kept.near === [lat, lon, km].join()) {
        this.map.setView(kept.middle, kept.zoom, { animate: false });
      } else {
        this.map.fitBounds(reach.getBounds(), { animate: false });
      }
    }

    lastView() {
      return keepsPages() ? JSON.parse(localStorage.getItem(LAST) || "null") : null;
    }

    rememberView() {
      if (!keepsPages()) return;
      const view = { middle: this.map.getCenter(), zoom: this.map.getZoom() };
      localStorage.setItem(LAST, JSON.stringify(view));
    }

    markDistance() {
      this.box.classList.toggle("map--far", this.map.getZoom() < FAR);
      this.box.classList.toggle("map--close", this.map.getZoom() >= CLOSE);
    }

    async drawOutlines() {
      const response = await fetch(this.data.outlines);
      if (!response.ok) return;
      const outlines = await response.json();
      const kind = (feature) => `map__outline map__outline--${feature.properties.level}`;
      L.geoJSON(outlines, {
        interactive: false,
        style: (feature) => ({ className: kind(feature) }),
      }).addTo(this.map);
      for (const feature of outlines.features) this.name(feature.properties);
    }

    name({ name, level, middle }) {
      if (!middle) return;
      const html = element("span", "", name);
      const icon = L.divIcon({ className: `map__name map__name--${level}`, html, iconSize: [0, 0] });
      L.marker(middle, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(this.map);
    }

    // Clusters are made for whole zoom levels, the view may lie between two.
    zoom() {
      return Math.floor(this.map.getZoom());
    }

    // The view, widened to whole tiles: clusters are never cut, and neighbours share an answer.
    view() {
      const [low, high] = [this.map.getBounds().getSouthWest(), this.map.getBounds().getNorthEast()];
      const [start, end] = [low, high].map((corner) => this.map.project(corner, this.zoom()));
      const down = (pixels) => Math.floor(pixels / TILE) * TILE;
      const up = (pixels) => Math.ceil(pixels / TILE) * TILE;
      const south_west = this.map.unproject([down(start.x), up(start.y)], this.zoom());
      const north_east = this.map.unproject([up(end.x), down(end.y)], this.zoom());
      const box = [south_west.lng, south_west.lat, north_east.lng, north_east.lat];
      return box.map((degrees) => degrees.toFixed(6)).join(",");
    }

    async load() {
      this.loading?.abort();
      this.loading = new AbortController();
      const address = `${this.box.dataset.api}&bbox=${this.view()}&zoom=${this.zoom()}`;
      try {
        const response = await fetch(address, { credentials: "omit", signal: this.loading.signal });
        if (!response.ok) throw new Error(String(response.status));
        this.draw((await response.json()).features);
      } catch (error) {
        if (error.name !== "AbortError") this.say(this.texts.failed);
      }
    }

    say(text) {
      this.part("status").textContent = text;
    }

    // What is still there stays: an open popup and the keyboard's place survive a movement.
    draw(features) {
      const wanted = new Map(features.map((feature) => [JSON.stringify(feature), feature]));
      for (const [key, marker] of this.markers) {
        if (wanted.has(key)) continue;
        this.hits.removeLayer(marker);
        this.markers.delete(key);
      }
      for (const [key, feature] of wanted) {
        if (!this.markers.has(key)) this.markers.set(key, this.marker(feature));
      }
      this.say(features.length ? "" : this.texts.nothing);
      this.explain(features);
      this.box.dataset.drawn = String(features.length);
    }

    marker(feature) {
      const [lon, lat] = feature.geometry.coordinates;
      const { properties } = feature;
      const label = properties.cluster ? this.clusterLabel(properties) : this.pointLabel(properties);
      const html = properties.cluster ? this.circle(properties) : this.pin(properties);
      const size = properties.cluster ? 44 : 36;
      const icon = L.divIcon({ className: "map__hit", html, iconSize: [size, size] });
      const marker = L.marker([lat, lon], { icon, riseOnHover: true });
      marker.properties = properties;
      marker.on("add", () => marker.getElement().setAttribute("aria-label", label));
      if (properties.cluster) this.makeCluster(marker);
      else this.makePoint(marker, label);
      return marker.addTo(this.hits);
    }

    clusterLabel({ count }) {
      return filled(this.texts.cluster, { count });
    }

    pointLabel({ places, offers }) {
      const place = [places[0].name, places[0].city].filter(Boolean).join(", ");
      if (offers.length > 1) return filled(this.texts.several, { place, count: offers.length });
      return `${offers[0].title} – ${place}`;
    }

    circle({ count }) {
      return element("span", "map__cluster", String(count));
    }

    // The symbol of the field, where all offers of the place share it; their number where several.
    pin({ places, offers }) {
      const keys = new Set(offers.map((offer) => offer.fields[0]));
      const field = keys.size === 1 ? this.fields.get([...keys][0]) : undefined;
      const pin = element("span", `map__pin${field ? ` field-${field.key}` : ""}`);
      pin.append(this.symbol(field ? field.icon : "map-pin"));
      if (offers.length > 1) pin.append(element("span", "map__count", String(offers.length)));
      pin.append(element("span", "map__text", places[0].name));
      return pin;
    }

    symbol(name) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      svg.setAttribute("class", "icon");
      svg.setAttribute("aria-hidden", "true");
      use.setAttribute("href", `${this.data.sprite}#${name}`);
      svg.append(use);
      return svg;
    }

    makeCluster(marker) {
      const [west, south, east, north] = marker.properties.bbox;
      const open = () => {
        const bounds = L.latLngBounds([south, west], [north, east]);
        const zoom = Math.max(this.map.getBoundsZoom(bounds.pad(0.1)), this.map.getZoom() + 1);
        this.map.setView(bounds.getCenter(), Math.min(zoom, this.map.getMaxZoom()));
      };
      marker.on("click", open);
      marker.on("keydown", ({ originalEvent }) => {
        if (!KEYS.has(originalEvent.key)) return;
        originalEvent.preventDefault();
        this.canvas.focus();
        open();
      });
    }

    makePoint(marker, label) {
      const { offers } = marker.properties;
      if (matchMedia("(hover: hover)").matches) {
        marker.bindTooltip(element("span", "", label), { direction: "top", offset: [0, -16] });
      }
      marker.bindPopup(() => this.popup(marker.properties), { minWidth: 220, maxHeight: 300 });
      marker.on("keydown", ({ originalEvent }) => this.openByKey(marker, originalEvent));
      const tell = (name) => () => offers.forEach((offer) => this.tell(name, offer.id));
      marker.on("mouseover popupopen", tell("offer:lift"));
      marker.on("mouseout popupclose", tell("offer:drop"));
      marker.on("add", () => {
        marker.getElement().addEventListener("focus", tell("offer:lift"));
        marker.getElement().addEventListener("blur", tell("offer:drop"));
      });
    }

    // From the keyboard the first link takes the focus; closing gives it back to the marker.
    openByKey(marker, event) {
      if (!KEYS.has(event.key)) return;
      event.preventDefault();
      marker.openPopup();
      marker.getPopup().getElement().querySelector("a")?.focus();
      marker.once("popupclose", () => marker.getElement()?.focus());
    }

    tell(name, id) {
      document.dispatchEvent(new CustomEvent(name, { detail: { id, from: "map" } }));
    }

    popup({ places, offers }) {
      const content = element("div", "map__popup");
      content.dir = document.documentElement.dir;
      for (const place of places) {
        const title = element("p", "map__place", [place.name, place.city].filter(Boolean).join(", "));
        title.dir = "auto";
        const list = element("ul");
        list.append(...offers.filter((offer) => offer.place === place.id).map((o) => this.entry(o)));
        content.append(title, list);
      }
      return content;
    }

    entry(offer) {
      const item = element("li");
      const link = element("a", "", offer.title);
      link.href = offer.url;
      link.lang = offer.title_language;
      link.dir = "auto";
      item.append(link, element("bdi", "map__provider", offer.provider));
      for (const key of offer.fields.slice(0, 3)) {
        if (this.fields.has(key)) item.append(this.fieldMark(this.fields.get(key)));
      }
      if (offer.example) item.append(element("span", "tag tag--example", this.texts.example));
      return item;
    }

    fieldMark(field) {
      const mark = element("span", `field-mark field-${field.key}`);
      const symbol = element("span", "field-mark__symbol");
      const name = element("span", "field-mark__name", field.label);
      name.lang = field.language;
      symbol.append(this.symbol(field.icon));
      mark.append(symbol, name);
      return mark;
    }

    translatePopup(popup) {
      const close = popup.getElement().querySelector(".leaflet-popup-close-button");
      close.title = this.texts.close;
      close.setAttribute("aria-label", this.texts.close);
      popup.getElement().addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.map.closePopup(popup);
      });
    }

    explain(features) {
      const offers = features.flatMap((feature) => feature.properties.offers || []);
      const seen = new Set(offers.map((offer) => offer.fields[0]));
      const legend = this.part("legend");
      const marks = [...this.fields.values()].filter((field) => seen.has(field.key));
      const items = marks.map((field) => {
        const item = element("li");
        item.append(this.fieldMark(field));
        return item;
      });
      legend.hidden = !items.length;
      legend.querySelector("ul").replaceChildren(...items);
    }

    listenToCards() {
      const lift = (lifted) => ({ detail }) => {
        if (detail.from !== "map") this.lift(detail.id, lifted);
      };
      document.addEventListener("offer:lift", lift(true));
      document.addEventListener("offer:drop", lift(false));
    }

    lift(id, lifted) {
      for (const marker of this.markers.values()) {
        if (!this.shows(marker.properties, id)) continue;
        marker.setZIndexOffset(lifted ? 10000 : 0);
        marker.getElement()?.classList.toggle("map__hit--lifted", lifted);
      }
    }

    shows({ cluster, bbox, offers }, id) {
      if (!cluster) return offers.some((offer) => offer.id === id);
      const at = document.querySelector(`[data-offer="${CSS.escape(id)}"]`)?.dataset.at;
      if (!at) return false;
      const [lat, lon] = at.split(",").map(Number);
      const [west, south, east, north] = bbox;
      return lon >= west && lon <= east && lat >= south && lat <= north;
    }

    offerSearch() {
      const button = this.part("search");
      let byPopup = false;
      this.map.on("autopanstart", () => { byPopup = true; });
      this.map.on("moveend", () => {
        if (!byPopup && !this.resizing) button.parentElement.hidden = false;
        byPopup = false;
      });
      button.addEventListener("click", () => this.searchHere());
    }

    // Rounded to 0.01°, about a kilometre: what is looked at stays vague.
    searchHere() {
      const middle = this.map.getCenter();
      const half = this.map.distance(middle, this.map.getBounds().getNorthEast()) / 1000;
      const km = Math.min(Math.max(Math.ceil(half), 1), 500);
      const near = `${middle.lat.toFixed(2)},${middle.lng.toFixed(2)}`;
      const target = new URL(this.box.dataset.area, location.href);
      target.searchParams.set("near", near);
      target.searchParams.set("radius_km", String(km));
      const asked = [...near.split(",").map(Number), km].join();
      const kept = { near: asked, middle, zoom: this.map.getZoom() };
      sessionStorage.setItem(VIEW, JSON.stringify(kept));
      location.assign(target);
    }

    // Pictures of another server are loaded only after the visitor has agreed, for this visit.
    offerTiles() {
      const row = this.part("tiles");
      if (!row) return;
      const button = row.querySelector("button");
      const attribution = escaped(this.box.dataset.tilesAttribution);
      const tiles = L.tileLayer(this.box.dataset.tiles, { attribution, maxZoom: this.map.getMaxZoom() });
      const show = (wanted) => {
        if (wanted) tiles.addTo(this.map);
        else tiles.remove();
        this.box.classList.toggle("map--tiles", wanted);
        button.setAttribute("aria-pressed", String(wanted));
        sessionStorage.setItem(TILES, wanted ? "yes" : "");
      };
      row.hidden = false;
      button.addEventListener("click", () => show(!this.map.hasLayer(tiles)));
      if (sessionStorage.getItem(TILES)) show(true);
    }
  }

  return { start: (map, data) => new OfferMap(map, data).start() };
})();
