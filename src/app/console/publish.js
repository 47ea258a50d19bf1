// Publishing: to every client, or to a topic's subscribers.

import {byId, say} from "./dom.js";
import {count} from "./format.js";

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
    });
    if (!answer.ok) throw new Error((await answer.text()).trim());
    const {id, clients} = await answer.json();
    return `${count(clients)} ${clients === 1 ? "client" : "clients"}, ${id}`;
}

export function startPublishing() {
    const form = byId("publish");
    const choose = () => {
        byId("publish-topic-label").hidden = !toTopic();
        byId("publish-topic").required = toTopic();
        byId("publish-send").textContent = toTopic() ? "Publish" : "Broadcast";
    };
    form.addEventListener("change", choose);
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        byId("publish-send").disabled = true;
        try {
            say(byId("publish-result"), `Handed to ${await publish()}`, "good");
        } catch (failure) {
            say(byId("publish-result"), failure.message, "bad");
        }
        byId("publish-send").disabled = false;
    });
    byId("publish-data").addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    choose();  // a browser remembers what was chosen before a reload
}
