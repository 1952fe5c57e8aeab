// The description of the JSON API, made browsable; trying things out uses this session.
"use strict";

const root = document.getElementById("api-docs");

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
