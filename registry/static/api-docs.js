// The description of the JSON API, made browsable; trying things out uses this session.
"use strict";

const root = document.getElementById("api-docs");

// What the viewer draws has no names for its lists of choices, and a second main landmark.
function makeAccessible() {
  for (const select of root.querySelectorAll("select:not([aria-label])")) {
    const row = select.closest("tr");
    select.setAttribute("aria-label", (row && row.dataset.paramName) || select.id || "content type");
  }
  for (const main of root.querySelectorAll("main:not([role])")) main.setAttribute("role", "group");
  for (const code of root.querySelectorAll("pre:not([tabindex])")) code.tabIndex = 0;
}

new MutationObserver(makeAccessible).observe(root, { childList: true, subtree: true });

window.SwaggerUIBundle({
  url: root.dataset.url,
  domNode: root,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  requestInterceptor(request) {
    if (root.dataset.csrf) request.headers["X-CSRFToken"] = root.dataset.csrf;
    return request;
  },
});
