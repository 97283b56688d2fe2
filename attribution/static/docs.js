// Starts Swagger UI. In a file of its own, since a strict content policy allows no inline script.
SwaggerUIBundle({
  url: document.getElementById("docs").dataset.document,
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null, // would ask another server
});
