// What clients have subscribed to.

import {byId, element, say} from "./dom.js";
import {count} from "./format.js";
import {poll} from "./poll.js";
import {showRows} from "./rows.js";

const most = 100;

function suggest(topics) {
    const names = topics.map((each) => each.topic);
    const shown = [...byId("known-topics").children].map((each) => each.value);
    if (names.join("\n") === shown.join("\n")) return;
    byId("known-topics").replaceChildren(...names.map((name) => {
        const option = element("option");
        option.value = name;
        return option;
    }));
}

/// `watch` is called with the topic whose tail is wanted.
export function startTopics(watch) {
    const state = byId("topics-state");
    return poll(async (signal) => {
        const answer = await fetch(`topics?limit=${most}`, {cache: "no-store", signal});
        if (!answer.ok) return say(state, (await answer.text()).trim(), "bad");
        const {topics, next} = await answer.json();
        showRows(byId("topics"), topics, (each) => each.topic, (each) => [
            {name: "Topic", text: each.topic, classes: "code"},
            {name: "Clients", text: count(each.clients), classes: "number"},
        ], (each) => ({
            text: "Tail",
            label: `Tail ${each.topic}`,
            press: () => watch(each.topic),
        }));
        say(state, topics.length === 0 ? "no topics" :
            next === null ? "" : `the first ${most}, by name`);
        suggest(topics);
    }, state);
}
