"use strict";
// Draws the figures when they come into view. Lines and words take the page's colour, so themes and print need no second drawing.
(() => {
  const specs = JSON.parse(document.getElementById("specs").textContent);
  const plots = [...document.querySelectorAll("[data-figure]")];
  if (typeof vegaEmbed === "undefined" || plots.length === 0) return;
  const ink = { labelColor: "currentColor", titleColor: "currentColor", titleFontWeight: "normal", labelFontSize: 11, titleFontSize: 12 };
  const config = {
    background: "transparent", font: "system-ui, sans-serif",
    axis: { ...ink, domainColor: "currentColor", tickColor: "currentColor", gridColor: "currentColor", gridOpacity: 0.12, labelOverlap: true },
    legend: ink, header: { ...ink, labelFontSize: 12 }, rule: { color: "currentColor" }, view: { stroke: null },
  };
  const wideLegend = 620;

  const legendBelow = (node) => {
    if (node === null || typeof node !== "object") return;
    if (node.legend) Object.assign(node.legend, { orient: "bottom", columns: 2 });
    Object.values(node).forEach(legendBelow);
  };

  // Panels side by side as far as they fit; the legend below where there is no room beside.
  const fit = (spec, width) => {
    const copy = structuredClone(spec);
    const narrow = width < wideLegend;
    if (narrow) legendBelow(copy);
    const room = width - (narrow ? 0 : 170);
    if (copy.spec) {
      copy.columns = Math.max(1, Math.min(copy.columns, Math.floor(room / 230)));
      copy.spec.width = Math.max(140, Math.min(300, Math.floor(room / copy.columns) - 75));
    } else {
      copy.width = Math.max(160, Math.min(460, room - 90));
    }
    return copy;
  };

  const numbers = (figure, spec) => {
    const holder = figure.querySelector("details.data");
    holder.addEventListener("toggle", () => {
      if (!holder.open || holder.querySelector("table") !== null) return;
      const values = spec.data.values;
      const names = ["panel", "series", "x", "y", "low", "high", "seeds"].filter((name) => values.some((value) => name in value));
      const table = document.createElement("table");
      const head = table.createTHead().insertRow();
      names.forEach((name) => head.append(board.make("th", name, { scope: "col" })));
      const body = table.createTBody();
      values.forEach((value) => { const line = body.insertRow(); names.forEach((name) => { line.insertCell().textContent = value[name] ?? ""; }); });
      const frame = board.make("div", undefined, { class: "scroll", role: "region", "aria-label": "Numbers of the figure", tabindex: "0" });
      frame.append(table);
      holder.append(frame);
    });
  };

  const draw = (plot, spec) => {
    if (plot.dataset.drawn) return;
    plot.dataset.drawn = "true";
    vegaEmbed(plot, fit(spec, plot.clientWidth), { renderer: "svg", config, actions: { export: true, source: false, compiled: false, editor: false }, tooltip: { theme: "custom" } })
      .then(() => {
        plot.querySelector("summary")?.setAttribute("aria-label", "Save this figure as a picture");
        plot.dataset.drawn = "done";
      })
      .catch((error) => { plot.textContent = "This figure cannot be drawn: " + error.message; console.error(error); });
  };

  const watch = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
    watch.unobserve(entry.target);
    draw(entry.target, specs[plots.indexOf(entry.target)]);
  }), { rootMargin: "400px" });
  plots.forEach((plot, i) => { numbers(plot.closest("figure"), specs[i]); watch.observe(plot); });
  window.addEventListener("beforeprint", () => plots.forEach((plot, i) => draw(plot, specs[i])));
})();
