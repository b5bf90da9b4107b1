"use strict";
// The cells behind a row. They are most of the page's bytes, and are read when somebody asks for them first.
const details = (() => {
  const dialog = document.getElementById("details");
  const { make } = board;
  let cells = null;

  const read = () => {
    if (cells !== null) return cells;
    cells = JSON.parse(document.getElementById("cells").textContent);
    cells.first = [0];
    cells.counts.forEach((count, i) => cells.first.push(cells.first[i] + count));
    return cells;
  };

  const value = (column, cell) => column.kind === "words" ? column.words[column.codes[cell]] : column.values[cell] === null ? "" : String(column.values[cell]);

  const coordinates = (row) => {
    const list = document.createElement("dl");
    board.columns.forEach((column) => list.append(make("dt", column.name), make("dd", board.text(column, row))));
    return list;
  };

  const line = (data, columns, cell) => {
    const made = document.createElement("tr");
    columns.forEach((column) => made.append(make("td", value(column, cell), { class: column.kind === "words" ? column.name : "number" })));
    const record = document.createElement("td");
    record.append(make("a", data.keys[cell].slice(0, 12), { href: `records/${data.keys[cell]}.json`, class: "hash" }));
    const status = value(data.columns[1], cell);
    if (status === "missing" || status === "blocked") record.textContent = "none";
    made.append(record);
    return made;
  };

  const table = (row) => {
    const data = read();
    const made = document.createElement("table");
    const numbers = Array.from({ length: data.counts[row] }, (_, i) => data.first[row] + i);
    const columns = data.columns.filter((column) => numbers.some((cell) => value(column, cell) !== ""));
    const head = made.createTHead().insertRow();
    [...columns.map((column) => column.name), "record"].forEach((name) => head.append(make("th", name, { scope: "col" })));
    const body = made.createTBody();
    numbers.forEach((cell) => body.append(line(data, columns, cell)));
    const frame = make("div", undefined, { class: "scroll", role: "region", "aria-label": "Cells", tabindex: "0" });
    frame.append(made);
    return frame;
  };

  const open = (row) => {
    const close = make("button", "Close", { type: "button" });
    close.addEventListener("click", () => dialog.close());
    const origin = make("p", "A record lists every part of its key. The plugins' hashes and the environment stand under ");
    const link = make("a", "Provenance", { href: "#provenance" });
    link.addEventListener("click", () => dialog.close());
    origin.append(link, ".");
    dialog.replaceChildren(
      make("h2", "The cells behind this row", { id: "details-title" }), table(row), coordinates(row), origin, close);
    dialog.showModal();
  };

  return { open };
})();
