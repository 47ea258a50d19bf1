#pragma once

#include <fibercast/http/fields.hpp>

#include <string>

/// The fields as they go over the wire.
inline std::string lines_of(fibercast::fields const& all) {
    std::string text;
    for (auto const& [name, value] : all)
        text.append(name).append(": ").append(value).append("\r\n");
    return text;
}
