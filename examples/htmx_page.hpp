#pragma once

/// The page of htmx.cpp. Its stream begins behind what is on the page: nothing is missed in
/// between. A program that has restarted does not know this place any more: then the list is
/// fetched anew.
constexpr auto htmx_page = R"html(<!doctype html>
<meta charset="utf-8">
<title>notes, by htmx</title>
<link rel="icon" href="data:,">
<script src="{htmx}"></script>
<script src="{sse}"></script>
<form hx-post="/notes" hx-swap="none"
      hx-on::after-request="event.detail.successful && this.reset()">
<input name="text" required autofocus><button>Add</button></form>
<main hx-ext="sse" sse-connect="/events?last_event_id=%23{place}">
<ol sse-swap="message" hx-swap="beforeend">{items}</ol>
<p hx-trigger="sse:fibercast.gap" hx-get="/" hx-select="main" hx-target="main"
   hx-swap="outerHTML"></p>
</main>
)html";
