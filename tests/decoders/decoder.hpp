#pragma once

#include <fibercast/coding/content_coding.hpp>

#include <memory>
#include <string>
#include <string_view>

/// Reads a compressed stream as it comes, as a client does; of the library whose the coding is.
class decoder {
public:
    static std::unique_ptr<decoder> of(fibercast::content_coding coding);
    virtual ~decoder() = default;

    /// What can be read by now that could not before. Throws `failure` when it is no such stream.
    virtual std::string feed(std::string_view bytes) = 0;

    /// Whether that was the whole, and, if the coding has one, its checksum was right.
    virtual bool ended() const = 0;
};
