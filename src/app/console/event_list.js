// A list of events, the newest first.

import {element} from "./dom.js";

const most = 200;
const longest = 4_000;
const between = 100;  // milliseconds

function head(event, at) {
    const line = element("div", "head");
    line.append(element("time", "", at.toLocaleTimeString("en-GB")));
    line.append(element("bdi", "type", event.type));
    if (event.id) line.append(element("bdi", "", event.id));
    return line;
}

/// `{"reason":"dropped","missed":3,...}` as a sentence; what is something else stays as it is.
function gapText(data) {
    try {
        const {reason, missed} = JSON.parse(data);
        const many = typeof missed !== "number" ? "Some events may be" :
            missed === 1 ? "1 event is" : `${missed} events are`;
        return `${many} missing (${reason}).`;
    } catch {
        return data;
    }
}

function row({event, at}) {
    const gap = event.type === "fibercast.gap";
    const made = element("li", gap ? "gap" : "");
    const text = gap ? gapText(event.data) : event.data;
    made.append(head(event, at), element("div", "data",
        text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text));
    return made;
}

export class EventList {
    #list;
    #waiting = [];
    #passed = 0;
    #timer = 0;

    constructor(list) {
        this.#list = list;
    }

    /// Whatever comes in a tenth of a second is shown at once, and no more of it than there is room
    /// for: a page must not stand still because a topic is busy.
    add(event) {
        this.#waiting.push({event, at: new Date()});
        if (this.#waiting.length > most) {
            this.#waiting.shift();
            ++this.#passed;
        }
        this.#timer ||= setTimeout(() => this.#show(), between);
    }

    clear() {
        this.#waiting = [];
        this.#passed = 0;
        this.#list.replaceChildren();
    }

    #show() {
        this.#timer = 0;
        const rows = this.#waiting.map(row);
        this.#waiting = [];
        if (this.#passed > 0)
            rows.unshift(element("li", "note", `${this.#passed} more came too fast to show.`));
        this.#passed = 0;
        const reading = this.#list.scrollTop > 0;
        const before = this.#list.scrollHeight;
        this.#list.prepend(...rows.reverse());
        // Who has scrolled down to read keeps the place; not all browsers see to that themselves.
        if (reading) this.#list.scrollTop += this.#list.scrollHeight - before;
        while (this.#list.childElementCount > most) this.#list.lastElementChild.remove();
    }
}
