// Asks again and again, for what the feed does not tell.

const usual = 2_000;  // milliseconds between two questions

/// Calls `ask`, which returns a promise, again and again while somebody sees the page; after an
/// answer that took long the server has a rest of nine times as long. Returns two functions: `now`
/// asks at once, `soon` as soon as that rest is over.
export function poll(ask) {
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
        try {
            await ask();
        } catch {
            // The feed says that there is no connection.
        }
        asking = false;
        const ended = performance.now();
        rested = ended + 9 * (ended - began);
        timer = setTimeout(seen, once_more ? 0 : Math.max(usual, rested - ended));
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
