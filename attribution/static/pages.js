// What the pages do better with JavaScript than without: copy buttons, and Escape puts an explanation away.
"use strict";

for (const shown of navigator.clipboard ? document.querySelectorAll("[id^=cite-]") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(shown.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  shown.after(button);
}

const root = document.documentElement;
addEventListener("keydown", (event) => { if (event.key === "Escape") root.classList.add("quiet"); });
for (const again of ["focusin", "pointerover"]) {
  addEventListener(again, (event) => { if (event.target.closest?.(".label")) root.classList.remove("quiet"); });
}
