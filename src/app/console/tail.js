// The live tail of a topic.

import {byId, say} from "./dom.js";
import {EventList} from "./event_list.js";
import {followEvents} from "./event_stream.js";

export function startTail() {
    const shown = new EventList(byId("tail-events"));
    let watching = null;  // what ends it

    function stop() {
        watching?.abort();
        watching = null;
        byId("tail-start").textContent = "Watch";
    }

    function watch(topic) {
        stop();
        const control = new AbortController();
        watching = control;
        byId("tail-start").textContent = "Stop";
        const query = topic === "" ? "" : `?topic=${encodeURIComponent(topic)}`;
        followEvents(`console/tail${query}`, control.signal, (event) => shown.add(event),
            (text, well) => {
                if (watching !== control && watching !== null) return;  // of the one before
                say(byId("tail-state"), text, well ? "" : "bad");
            }).then(() => {
                if (watching === control) stop();
            });
    }

    byId("tail").addEventListener("submit", (event) => {
        event.preventDefault();
        if (watching) {
            stop();
        } else {
            watch(byId("tail-topic").value);
        }
    });
    byId("tail-topic").addEventListener("input", stop);
    byId("tail-clear").addEventListener("click", () => shown.clear());

    return (topic) => {
        byId("tail-topic").value = topic;
        watch(topic);
        byId("tail-topic").focus();
    };
}
