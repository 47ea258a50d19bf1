// The state of the server, once a second, by its own SSE.

import {byId, setText} from "./dom.js";

const silence = 5_000;  // milliseconds; a server that is well speaks each second

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
        listen();
        source.onmessage = (event) => {
            listen();
            const state = JSON.parse(event.data);
            show(state.stopping ? "stopping" : "live", state.stopping ? "warn" : "good");
            take(state);
        };
        source.onerror = () => show("no connection, trying again", "bad");
    }

    /// An EventSource notices neither a server that stands still nor a connection that leads
    /// nowhere any more, and from an answer that is no stream it does not come back.
    function listen() {
        clearTimeout(again);
        again = setTimeout(() => {
            show("no answer, trying again", "bad");
            open();
        }, silence);
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
