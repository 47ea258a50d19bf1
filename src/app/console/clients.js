// Who is connected.

import {byId, say} from "./dom.js";
import {bytes, count, span} from "./format.js";
import {poll} from "./poll.js";
import {showRows} from "./rows.js";

const page = 50;

function cells(client) {
    const states = [];
    if (client.behind) states.push("catches up");
    if (client.stalled) states.push("does not read");
    return [
        {name: "Client", text: String(client.id)},
        {name: "Peer", text: client.peer, classes: "code"},
        {name: "Connected", text: span(client.connected_seconds)},
        {name: "Topics", text: client.topics.join(", ") || "–", classes: "code"},
        {name: "Sent", text: count(client.sent), classes: "number"},
        {name: "Dropped", text: count(client.dropped),
            classes: client.dropped > 0 ? "number warn" : "number"},
        {name: "Queued", text: bytes(client.queued_bytes + client.unsent_bytes), classes: "number"},
        {name: "State", text: states.join(", ") || "live", classes: states.length ? "warn" : ""},
    ];
}

export function startClients() {
    const state = byId("clients-state");
    let topic = "";
    let after = null;
    let next = null;

    async function show(signal) {
        const query = new URLSearchParams({limit: page});
        if (after !== null) query.set("after", after);
        if (topic) query.set("topic", topic);
        const answer = await fetch(`clients?${query}`, {cache: "no-store", signal});
        if (!answer.ok) return say(state, (await answer.text()).trim(), "bad");
        const {clients, next: more} = await answer.json();
        next = more;
        showRows(byId("clients"), clients, (each) => each.id, cells, (each) => ({
            text: "Kick",
            label: `Kick client ${each.id}`,
            press: () => kick(each.id),
        }));
        byId("clients-first").disabled = after === null;
        byId("clients-next").disabled = next === null;
        const none = after === null ? "no clients" : "no more clients";
        say(state, clients.length === 0 ? none :
            `${clients.length} shown${next === null ? "" : ", there are more"}`);
    }

    const asking = poll(show, state);

    async function kick(id) {
        // Who is still there afterwards is in the list, or the list has no answer either.
        await fetch(`clients/${id}`, {method: "DELETE"}).catch(() => {});
        asking.now();
    }

    function from(start) {
        after = start;
        asking.now();
    }

    byId("clients-first").addEventListener("click", () => from(null));
    byId("clients-next").addEventListener("click", () => from(next));
    byId("clients-filter").addEventListener("submit", (event) => {
        event.preventDefault();
        topic = byId("clients-topic").value;  // and not half of it while it is typed
        from(null);
    });
    return asking;
}
