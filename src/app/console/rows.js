// The body of a table.

import {element, setText} from "./dom.js";

/// Shows `items`, a row for each, in their order. Rows that stay are changed and not replaced, so
/// that a button keeps its focus. `key` names an item; `cells` gives `{name, text, classes}` for
/// each column; `button` gives `{text, label, press}`.
export function showRows(table, items, key, cells, button) {
    const body = table.tBodies[0];
    const had = new Map([...body.rows].map((row) => [row.dataset.key, row]));
    const wanted = items.map((item) => {
        const row = had.get(String(key(item))) ?? made(item, key, cells, button);
        had.delete(row.dataset.key);
        cells(item).forEach(({text, classes = ""}, column) => {
            row.cells[column].className = classes;
            setText(row.cells[column].firstChild, text);
        });
        return row;
    });
    for (const row of had.values()) row.remove();
    wanted.forEach((row, at) => {
        if (body.rows[at] !== row) body.insertBefore(row, body.rows[at] ?? null);
    });
    table.classList.toggle("empty", items.length === 0);
}

function made(item, key, cells, button) {
    const row = element("tr");
    row.dataset.key = String(key(item));
    for (const {name} of cells(item)) {
        const cell = element("td");
        cell.dataset.name = name;
        cell.append(element("bdi"));
        row.append(cell);
    }
    const {text, label, press} = button(item);
    const pressed = element("button", "quiet", text);
    pressed.type = "button";
    pressed.setAttribute("aria-label", label);
    pressed.addEventListener("click", press);
    const last = element("td");
    last.append(pressed);
    row.append(last);
    return row;
}
