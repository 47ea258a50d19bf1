// The state of the server, once a second, by its own SSE.

import {byId, setText} from "./dom.js";

/// Calls `take` with each state. Sleeps while nobody sees the page: a browser has six connections
/// to an address, for all tabs together.
export function follow(take) {
    let source = null;
    let again = 0;

    function show(text, kind) {
        byId("feed").className = `pill ${kind}`;
        setText(byId("feed"), text);
    }

    function open() {
        close();
        source = new EventSource("console/events");
        source.onmessage = (event) => {
            const state = JSON.parse(event.data);
            show(state.stopping ? "stopping" : "live", state.stopping ? "warn" : "good");
            take(state);
        };
        source.onerror = () => {
            show("no connection, trying again", "bad");
            // It does not come back by itself from an answer that is no stream.
            if (source.readyState === EventSource.CLOSED) again = setTimeout(open, 3_000);
        };
    }

    function close() {
        clearTimeout(again);
        if (source !== null) source.close();
        source = null;
    }

    const awake = () => {
        if (document.visibilityState === "visible") {
            open();
        } else {
            close();
        }
    };
    document.addEventListener("visibilitychange", awake);
    addEventListener("pagehide", close);
    addEventListener("pageshow", (event) => {
        if (event.persisted) awake();
    });
    awake();
}
