// The console page: what there is now, and what an operator can do about it.

import {Chart} from "./chart.js";
import {startClients} from "./clients.js";
import {byId, setText} from "./dom.js";
import {follow} from "./feed.js";
import {bytes, count, span} from "./format.js";
import {startPublishing} from "./publish.js";
import {startTail} from "./tail.js";
import {startTopics} from "./topics.js";

const figures = {
    clients: {name: "Clients", text: count,
        note: (state) => `${count(state.joined)} have joined, ` +
            `${count(state.connections)} of ${count(state.connections_limit)} connections`},
    rate: {name: "Deliveries per second", text: count,
        note: (state, peak) => `at most ${peak}, ${count(state.deliveries)} in all, ` +
            `${count(state.dropped)} dropped`},
    queued: {name: "Queued for clients", text: bytes,
        note: (state, peak) => `at most ${peak}, history: ${count(state.history_events)} ` +
            `events, ${bytes(state.history_bytes)}`},
    behind: {name: "Clients that catch up", text: count,
        note: (state) => `${count(state.fell_behind)} times too slow, ${count(state.gaps)} gaps`},
    memory: {name: "Memory", text: bytes,
        note: (state) => `${span(state.cpu_seconds)} of CPU time`},
};
for (const [id, figure] of Object.entries(figures))
    figure.chart = new Chart(byId(`${id}-chart`), figure.name, figure.text);

let last = null;

/// Deliveries in a second since the state before; null without one of the same run.
function rate(state) {
    const time = last?.started === state.started ? state.seconds - last.seconds : 0;
    return time > 0 ? (state.deliveries - last.deliveries) / time : null;
}

function show(state) {
    const now = {...state, rate: rate(state)};
    last = state;
    const at = performance.now() / 1_000;
    for (const [id, {text, note, chart}] of Object.entries(figures)) {
        if (now[id] === null) continue;
        chart.add(at, now[id]);
        setText(byId(`${id}-now`), text(now[id]));
        setText(byId(`${id}-note`), note(now, text(chart.peak)));
    }
    const workers = `${state.workers} ${state.workers === 1 ? "worker" : "workers"}`;
    setText(byId("about"), `${state.version}, up ${span(state.seconds)}, ${workers}, ` +
        `clients at ${state.listening.join(" and ")}`);
}

startPublishing();
const watch = startTail();
const lists = [startClients(), startTopics(watch)];
let moves = null;
follow((state) => {
    show(state);
    // Who has come or gone is in the lists soon, and not only when they are asked for anyway.
    const now = state.joined + state.ended;
    if (moves !== null && moves !== now) lists.forEach((each) => each.soon());
    moves = now;
});
