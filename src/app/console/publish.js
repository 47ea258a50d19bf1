// Publishing: to every client, or to a topic's subscribers.

import {byId, say} from "./dom.js";
import {count} from "./format.js";

const patience = 10_000;  // milliseconds

const toTopic = () => byId("publish").elements.to.value === "topic";

async function publish() {
    const message = {data: byId("publish-data").value};
    const type = byId("publish-event").value;
    if (type) message.event = type;
    if (toTopic()) message.topics = [byId("publish-topic").value];
    const answer = await fetch(toTopic() ? "publish" : "broadcast", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok) throw new Error((await answer.text()).trim());
    const {id, clients} = await answer.json();
    return `${count(clients)} ${clients === 1 ? "client" : "clients"}, ${id}`;
}

export function startPublishing() {
    const form = byId("publish");
    let sending = false;
    const choose = () => {
        byId("publish-topic-label").hidden = !toTopic();
        byId("publish-topic").required = toTopic();
        byId("publish-send").textContent = toTopic() ? "Publish" : "Broadcast";
    };
    form.addEventListener("change", choose);
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (sending) return;  // and the button keeps its focus
        sending = true;
        try {
            say(byId("publish-result"), `Handed to ${await publish()}`, "good");
        } catch (failure) {
            say(byId("publish-result"), failure.message, "bad");
        }
        sending = false;
    });
    byId("publish-data").addEventListener("keydown", (event) => {
        const keys = event.key === "Enter" && (event.ctrlKey || event.metaKey);
        if (keys && !event.repeat) form.requestSubmit();
    });
    choose();  // a browser remembers what was chosen before a reload
}
