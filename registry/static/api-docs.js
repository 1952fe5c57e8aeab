// The description of the JSON API, made browsable; trying things out uses this session.
"use strict";

const root = document.getElementById("api-docs");

// Only the operations: the page around them has its own heading and its own main landmark.
function layout({ React }) {
  function Operations({ getComponent, specSelectors }) {
    const parts = ["SvgAssets", "errors"];
    if (specSelectors.loadingStatus() === "success") parts.push("operations");
    const drawn = parts.map((name) =>
      React.createElement(getComponent(name, name !== "SvgAssets"), { key: name }),
    );
    return React.createElement("div", { className: "swagger-ui" }, drawn);
  }
  return { components: { Operations } };
}

// What the viewer draws has no names for its choices, and code that only a mouse can scroll.
function makeAccessible() {
  for (const select of root.querySelectorAll("select:not([aria-label])")) {
    const row = select.closest("tr");
    select.setAttribute("aria-label", (row && row.dataset.paramName) || select.id || "content type");
  }
  for (const table of root.querySelectorAll("table[role=region]:not([aria-label])")) {
    table.setAttribute("aria-label", table.id);
  }
  for (const code of root.querySelectorAll("pre:not([tabindex])")) code.tabIndex = 0;
}

new MutationObserver(makeAccessible).observe(root, { childList: true, subtree: true });

window.SwaggerUIBundle({
  url: root.dataset.url,
  domNode: root,
  presets: [window.SwaggerUIBundle.presets.apis],
  plugins: [layout],
  layout: "Operations",
  validatorUrl: null,
  docExpansion: "list",
  syntaxHighlight: { activated: false },
  requestInterceptor(request) {
    if (root.dataset.csrf) request.headers["X-CSRFToken"] = root.dataset.csrf;
    return request;
  },
});
