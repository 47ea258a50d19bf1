// An EventSource, as a page of anybody's would use it.

import {byId, setText} from "./dom.js";
import {EventList} from "./event_list.js";

const shown = new EventList(byId("demo-events"));
let source = null;

/// `fibercast.gap` says that something is missing, `fibercast.busy` that there is no room.
const known = ["message", "fibercast.gap", "fibercast.busy"];

const types = () => [...new Set([...known, ...byId("demo-types").value.split(/\s+/)])]
    .filter((type) => type !== "");

function url() {
    const topics = byId("demo-topics").value.split("\n").map((line) => line.trim());
    const query = topics.filter((topic) => topic !== "")
        .map((topic) => `topic=${encodeURIComponent(topic)}`).join("&");
    return query === "" ? "demo/events" : `demo/events?${query}`;
}

function showCode() {
    setText(byId("demo-code"), [
        `const source = new EventSource(${JSON.stringify(url())});`,
        ...types().map((type) => `source.addEventListener(${JSON.stringify(type)}, show);`),
    ].join("\n"));
}

function state(text, kind) {
    byId("demo-state").className = `pill ${kind}`;
    setText(byId("demo-state"), text);
    byId("demo-connect").textContent = source === null ? "Connect" : "Disconnect";
}

function disconnect() {
    source?.close();
    source = null;
    state("not connected", "");
}

function connect() {
    source = new EventSource(url());
    state("connecting", "warn");
    source.onopen = () => state("connected", "good");
    source.onerror = (event) => {
        if (event instanceof MessageEvent) return;  // one that somebody has published as "error"
        const given_up = source.readyState === EventSource.CLOSED;
        if (given_up) source = null;
        state(given_up ? "refused" : "coming back", given_up ? "bad" : "warn");
    };
    for (const type of types()) {
        source.addEventListener(type, (event) => {
            if (event instanceof MessageEvent)  // and not the source's own "open" or "error"
                shown.add({type, data: event.data, id: event.lastEventId});
        });
    }
}

byId("demo").addEventListener("submit", (event) => {
    event.preventDefault();
    if (source === null) {
        connect();
    } else {
        disconnect();
    }
});
byId("demo").addEventListener("input", () => {
    showCode();
    if (source !== null) disconnect();
});
byId("demo-clear").addEventListener("click", () => shown.clear());
showCode();
connect();
