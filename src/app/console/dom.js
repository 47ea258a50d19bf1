// What comes from outside becomes text here, and never markup.

export const byId = (id) => document.getElementById(id);

export function element(name, classes = "", text = "") {
    const made = document.createElement(name);
    if (classes) made.className = classes;
    if (text) made.textContent = text;
    return made;
}

/// Sets a text only when it is another one, so that what is selected stays so.
export function setText(of, text) {
    if (of.textContent !== text) of.textContent = text;
}

/// What happened, for eyes and for screen readers; `kind`: "good", "bad" or nothing.
export function say(where, text, kind = "") {
    where.className = kind || "dim";
    setText(where, text);
}
