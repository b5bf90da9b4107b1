"use strict";
// The leaderboard: sorted, filtered, and shown a page of rows at a time, so that a hundred thousand cells scroll as well as ten.
const board = (() => {
  const element = document.getElementById("board");
  const rows = JSON.parse(document.getElementById("rows").textContent);
  const columns = rows.columns;
  const pageSize = 100;
  const mostChoices = 60;
  const state = { order: null, sorted: null, descending: false, page: 0, search: "", chosen: new Map(), best: [], hidden: new Set() };
  const make = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const short = (value) => value === null ? "" : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  const word = (column, row) => column.words[column.codes[row]];
  const text = (column, row) => column.kind === "words" ? word(column, row) : short(column.values[row]);
  const varies = (column) => column.kind === "words" ? column.words.length > 1 : column.values.some((value) => value !== column.values[0]);
  const varying = columns.filter((column) => column.kind === "metric" || varies(column));
  const isShown = (column) => !state.hidden.has(column);
  let shown = varying;

  // Words that are numbers are compared as numbers; others, such as "free", stand behind them.
  const keys = (column) => {
    if (column.kind !== "words") return column.values;
    const order = column.words.map((_, i) => i).sort((a, b) => {
      const [x, y] = [column.words[a], column.words[b]];
      const [p, q] = [Number(x), Number(y)];
      const [isP, isQ] = [x !== "" && !Number.isNaN(p), y !== "" && !Number.isNaN(q)];
      return isP && isQ ? p - q : isP !== isQ ? (isP ? -1 : 1) : x < y ? -1 : 1;
    });
    const rank = new Array(order.length);
    order.forEach((code, i) => { rank[code] = i; });
    return column.codes.map((code) => rank[code]);
  };

  const filter = () => {
    const needle = state.search.toLowerCase();
    const hits = columns.filter((column) => column.kind === "words").map((column) => ({ codes: column.codes, hit: column.words.map((w) => w.toLowerCase().includes(needle)) }));
    const chosen = [...state.chosen];
    const found = [];
    for (let row = 0; row < rows.count; row++) {
      if (chosen.every(([column, code]) => column.codes[row] === code) && (needle === "" || hits.some((h) => h.hit[h.codes[row]]))) found.push(row);
    }
    if (state.sorted !== null) {
      const values = keys(state.sorted);
      const sign = state.descending ? -1 : 1;
      found.sort((a, b) => {
        const [x, y] = [values[a], values[b]];
        // What was not measured comes last, whichever way the column is sorted.
        return x === y ? a - b : x === null ? 1 : y === null ? -1 : sign * (x - y);
      });
    }
    return found;
  };

  // The first two digits of the interval decide how many of the mean are shown, as in the leaderboard's other forms.
  const cell = (column, row, best) => {
    if (column.kind === "words") return make("td", word(column, row), column.name === "status" ? { class: "status " + word(column, row) } : {});
    const half = column.kind === "metric" ? column.half[row] : null;
    const decimals = half > 0 ? Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(half)))) : null;
    const made = make("td", decimals === null ? short(column.values[row]) : column.values[row].toFixed(decimals), { class: best ? "number best" : "number" });
    if (half !== null) {
      made.append(" ", make("span", "± " + (decimals === null ? 0 : half.toFixed(decimals)), { class: "spread" }));
      made.title = `standard deviation ${column.deviation[row]}`;
    }
    return made;
  };

  // Rows of one dataset, task, budget and training length compete with each other.
  const blocks = ((axes) => Array.from({ length: rows.count }, (_, row) => axes.map((column) => column.codes[row]).join()))(
    columns.filter((column) => ["dataset", "task", "nfe", "steps", "evaluations"].includes(column.name)));

  // The rows that may be called best at a metric, one a block at most: the interval has no point in common with that of the next that is found.
  const bests = (column, found) => {
    if (column.kind !== "metric") return new Set();
    const leaders = new Map();
    const sign = column.better === "lower" ? 1 : -1;
    const beats = (a, b) => b === undefined || sign * column.values[a] < sign * column.values[b];
    for (const row of found) {
      if (column.values[row] === null) continue;
      const [first, second] = leaders.get(blocks[row]) ?? [];
      if (beats(row, first)) leaders.set(blocks[row], [row, first]);
      else if (beats(row, second)) leaders.set(blocks[row], [first, row]);
    }
    const apart = ([a, b]) => b !== undefined && column.half[a] !== null && column.half[b] !== null
      && Math.abs(column.values[a] - column.values[b]) > column.half[a] + column.half[b];
    return new Set([...leaders.values()].filter(apart).map(([first]) => first));
  };

  const render = () => {
    const first = state.page * pageSize;
    const part = state.order.slice(first, first + pageSize);
    element.tBodies[0].replaceChildren(...part.map((row) => {
      const made = document.createElement("tr");
      made.append(...shown.map((column, i) => cell(column, row, state.best[i].has(row))));
      const button = make("button", "cells", { type: "button", "aria-label": "Cells of row " + (first + part.indexOf(row) + 1), "aria-haspopup": "dialog" });
      // The cells are behind this script: in a large page somebody may click before they are there.
      button.addEventListener("click", () => document.readyState === "loading" ? addEventListener("DOMContentLoaded", () => details.open(row), { once: true }) : details.open(row));
      const last = make("td", undefined, { class: "pick" });
      last.append(button);
      made.append(last);
      return made;
    }));
    const pages = Math.max(1, Math.ceil(state.order.length / pageSize));
    document.getElementById("found").textContent = state.order.length === rows.count ? `${rows.count} rows` : `${state.order.length} of ${rows.count} rows`;
    document.getElementById("page").textContent = `page ${state.page + 1} of ${pages}`;
    document.getElementById("previous").disabled = state.page === 0;
    document.getElementById("next").disabled = state.page + 1 >= pages;
    document.querySelector(".pages").hidden = pages === 1;
    pin();
  };

  // The columns that say what a row is stay in view while its numbers move under them, as far as they leave half of the room to the numbers.
  const pins = document.head.appendChild(document.createElement("style"));
  const pin = () => {
    pins.textContent = "";
    const heads = element.tHead.rows.length > 0 ? [...element.tHead.rows[0].cells] : [];
    const room = element.parentElement.clientWidth / 2;
    let [left, rules] = [0, ""];
    for (let i = 0; i < shown.length && shown[i].kind === "words" && left + heads[i].offsetWidth <= room; i++) {
      rules += `#board tr > :nth-child(${i + 1}) { position: sticky; left: ${left}px; z-index: 1; }\n`;
      left += heads[i].offsetWidth;
    }
    pins.textContent = `@media screen { ${rules} }`;
  };

  const refresh = () => {
    state.order = filter();
    state.best = shown.map((column) => bests(column, state.order));
    state.page = 0;
    render();
  };

  const sort = (column) => {
    const wantsDescending = column.kind === "metric" && column.better === "higher";
    state.descending = state.sorted === column ? !state.descending : wantsDescending;
    state.sorted = column;
    markSorted();
    refresh();
  };

  const markSorted = () => shown.forEach((column, i) => {
    const head = element.tHead.rows[0].cells[i];
    if (column === state.sorted) head.setAttribute("aria-sort", state.descending ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });

  const head = () => {
    const line = document.createElement("tr");
    shown.forEach((column) => {
      const made = make("th", undefined, { scope: "col", "data-name": column.name });
      const button = make("button", column.name, { type: "button" });
      if (column.kind === "metric") button.title = column.better + " is better";
      button.addEventListener("click", () => sort(column));
      made.append(button);
      line.append(made);
    });
    line.append(make("th", "details", { scope: "col", class: "pick" }));
    element.tHead.replaceChildren(line);
  };

  const choice = (column) => {
    const label = make("label", column.name + " ");
    const select = make("select", undefined, { "data-column": column.name });
    select.append(new Option("all", ""));
    column.words.map((w, i) => [w, i]).sort((a, b) => a[0].localeCompare(b[0], "en", { numeric: true })).forEach(([w, i]) => select.append(new Option(w, i)));
    select.addEventListener("change", () => {
      if (select.value === "") state.chosen.delete(column);
      else state.chosen.set(column, Number(select.value));
      refresh();
    });
    label.append(select);
    return label;
  };

  // A box for each metric: who compares two of ten wants those side by side.
  const switches = () => {
    const metrics = varying.filter((column) => column.kind === "metric");
    const group = make("fieldset", undefined, { class: "switches" });
    group.append(make("legend", "Metrics"));
    metrics.forEach((column) => {
      const label = make("label");
      const box = make("input", undefined, { type: "checkbox", "data-metric": column.name });
      box.checked = true;
      box.addEventListener("change", () => {
        if (box.checked) state.hidden.delete(column);
        else state.hidden.add(column);
        shown = varying.filter(isShown);
        head();
        markSorted();
        refresh();
      });
      label.append(box, " " + column.name);
      group.append(label);
    });
    return metrics.length > 1 ? [group] : [];
  };

  const start = () => {
    const form = document.getElementById("filters");
    form.addEventListener("submit", (event) => event.preventDefault());
    columns.filter((column) => column.kind === "words" && column.words.length > 1 && column.words.length <= mostChoices).forEach((column) => form.append(choice(column)));
    form.append(...switches());
    const search = document.getElementById("search");
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { state.search = search.value.trim(); refresh(); }, 120);
    });
    const same = columns.filter((column) => column.kind === "words" && column.words.length === 1 && column.words[0] !== "none" && column.name !== "status");
    document.getElementById("shared").textContent = same.length > 0 ? "All rows: " + same.map((column) => `${column.name} ${column.words[0]}`).join(", ") + "." : "";
    document.getElementById("previous").addEventListener("click", () => { state.page--; render(); });
    document.getElementById("next").addEventListener("click", () => { state.page++; render(); });
    head();
    refresh();
    addEventListener("resize", pin);
  };

  if (element !== null) start();
  return { columns, text, make, count: rows.count };
})();
