// Asks again and again, for what the feed does not tell.

import {say} from "./dom.js";

// Milliseconds: between two questions, and until one is given up.
const usual = 2_000;
const patience = 10_000;

/// Calls `ask` again and again while somebody sees the page, with a signal to give up by; it returns
/// a promise. After an answer that took long the server has a rest of nine times as long. `where`
/// says when there is none. Returns two functions: `now` asks at once, `soon` as soon as that rest
/// is over.
export function poll(ask, where) {
    let timer = 0;
    let asking = false;
    let once_more = false;
    let rested = 0;

    async function now() {
        clearTimeout(timer);
        if (asking) {
            once_more = true;  // what is under way may be older than what was done since
            return;
        }
        asking = true;
        const began = performance.now();
        let rest = 0;
        try {
            await ask(AbortSignal.timeout(patience));
            rest = 9 * (performance.now() - began);
        } catch {
            say(where, "no answer, trying again", "bad");
        }
        asking = false;
        rested = performance.now() + rest;
        timer = setTimeout(seen, once_more ? 0 : Math.max(usual, rest));
        once_more = false;
    }

    function seen() {
        if (document.visibilityState === "visible") now();
    }

    function soon() {
        if (asking) return;
        clearTimeout(timer);
        timer = setTimeout(seen, Math.max(0, rested - performance.now()));
    }

    document.addEventListener("visibilitychange", soon);
    now();
    return {now, soon};
}
