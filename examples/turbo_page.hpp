#pragma once

/// The page of turbo.cpp. Its stream begins behind what is on the page: nothing is missed in
/// between. A program that has restarted does not know this place any more: then the page is loaded
/// again.
constexpr auto turbo_page = R"(<!doctype html>
<meta charset="utf-8">
<title>notes, by Turbo</title>
<link rel="icon" href="data:,">
<script src="{script}"></script>
<form action="/notes" method="post">
<input name="text" required autofocus><button>Add</button></form>
<ol id="notes">{items}</ol>
<turbo-stream-source src="/events?last_event_id=%23{place}"></turbo-stream-source>
<script>
document.querySelector("turbo-stream-source").streamSource
    .addEventListener("fibercast.gap", () => location.reload());
document.querySelector("form")
    .addEventListener("turbo:submit-end", event => event.detail.success && event.target.reset());
</script>
)";

/// Turbo appends nothing twice that has an id.
constexpr auto turbo_append =
    R"(<turbo-stream action="append" target="notes"><template>{}</template></turbo-stream>)";
