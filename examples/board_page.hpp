#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <vector>

inline constexpr std::size_t columns = 16, cells = columns * columns;

/// The page of board.cpp. Its board comes with the stream that it opens; a click sends the page's
/// signals with it, of which there is one: the colour.
constexpr auto board_page = R"html(<!doctype html>
<meta charset="utf-8">
<title>board, by Datastar</title>
<link rel="icon" href="data:,">
<script type="module" src="{script}"></script>
<style>
#board {{ display: grid; grid: auto-flow / repeat({columns}, 24px); gap: 1px }}
#board button {{ height: 24px; border: 0; outline-offset: -2px; box-shadow: inset 0 0 0 1px #0002 }}
</style>
<body data-init="@get('/frames')">
<p><label>Paint in <input type="color" value="#e4572e" data-bind:colour></label></p>
<div data-on:click="evt.target.value && @post('/cells/' + evt.target.value)">
<div id="board"></div>
</div>
)html";

/// The board itself, in which each cell has its colour.
inline std::string drawn(std::vector<std::string> const& colours) {
    std::string html = R"(<div id="board">)";
    for (std::size_t i = 0; i < colours.size(); ++i)
        html += fmt::format(R"(
<button value="{0}" aria-label="{0}" style="background:{1}"></button>)",
                            i, colours[i]);
    return html + "\n</div>";
}
