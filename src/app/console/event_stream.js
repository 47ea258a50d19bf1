// Reads a stream of events of which the types are not known beforehand: an EventSource gives only
// those that somebody listens for.

/// The events in a response's body, as the HTML standard reads them: `{type, data, id}`, where `id`
/// is the last one that has come, and `{retry}` when the server says how long to wait.
async function* eventsIn(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let id = null;
    let type = "";
    let data = [];
    for (;;) {
        const {value, done} = await reader.read();
        if (done) return;
        // A CR at the end may be the first half of a line's end.
        const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
        rest = lines.pop();
        for (const line of lines) {
            if (line === "") {
                if (data.length > 0) yield {type: type || "message", data: data.join("\n"), id};
                type = "";
                data = [];
                continue;
            }
            const [, name, text] = /^([^:]*):? ?(.*)$/s.exec(line);
            if (name === "data") data.push(text);
            if (name === "event") type = text;
            if (name === "id" && !text.includes("\0")) id = text;
            if (name === "retry" && /^\d+$/.test(text)) yield {retry: Number(text)};
        }
    }
}

const pause = (milliseconds, signal) => new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, {once: true});
});

/// Follows the stream at `url` until `signal` aborts, and comes back with the last id when it ends.
/// `take` gets each event, `state` a sentence and whether all is well. An answer that is no stream
/// ends it.
export async function followEvents(url, signal, take, state) {
    let last = "";
    let wait = 1_000;
    while (!signal.aborted) {
        try {
            const headers = {Accept: "text/event-stream"};
            if (last) headers["Last-Event-ID"] = last;
            const answer = await fetch(url, {headers, signal, cache: "no-store"});
            if (!answer.ok) return state((await answer.text()).trim(), false);
            state("watching", true);
            for await (const event of eventsIn(answer.body)) {
                if (event.retry !== undefined) {
                    wait = event.retry;
                } else {
                    if (event.id !== null) last = event.id;
                    take(event);
                }
            }
        } catch (failure) {
            if (signal.aborted) break;
        }
        if (signal.aborted) break;
        state("no connection, trying again", false);
        await pause(wait, signal);
    }
    state("not watching", true);
}
