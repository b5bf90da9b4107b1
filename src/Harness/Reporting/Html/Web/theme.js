"use strict";
// The button goes through the system's colours, light and dark. Where nothing can be kept (some browsers on file://) the choice lasts as long as the page.
(() => {
  const button = document.getElementById("theme");
  const choices = ["system", "light", "dark"];
  let current = "system";
  try { current = localStorage.getItem("dfx-theme") || current; } catch { /* nothing is kept */ }

  const show = () => {
    if (current === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = current;
    button.textContent = "Colours: " + current;
    button.setAttribute("aria-label", button.textContent);
  };

  button.addEventListener("click", () => {
    current = choices[(choices.indexOf(current) + 1) % choices.length];
    try { localStorage.setItem("dfx-theme", current); } catch { /* nothing is kept */ }
    show();
  });
  show();
})();
