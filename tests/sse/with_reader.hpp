#pragma once

#include "sse/sequence.hpp"

#include "support/with_workers.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What readers see of it.
inline std::string text_of(fibercast::publication const& it) {
    auto const bytes = it.bytes->payload();
    constexpr std::string_view before = "data: ", behind = "\n\n";
    return std::string(bytes.substr(before.size(), bytes.size() - before.size() - behind.size()));
}

/// A sequence with one reader on worker 0, which reads when the test says so.
class with_reader : protected with_workers {
protected:
    with_reader() {
        batch.reserve(fibercast::sequence::reader::most_at_once);
        on_worker(0, [&] { reader.emplace(log, *fibercast::worker::current()).open(); });
    }
    ~with_reader() {
        on_worker(0, [&] { reader.reset(); });
    }

    std::uint64_t append(std::string const& text, fibercast::deadline until = fibercast::never) {
        fibercast::event const what(text);
        auto made = log.begin(what);
        return log.append({}, made, until);
    }
    fibercast::send_result send(fibercast::client_id to, fibercast::deadline until) {
        fibercast::event const what("x");
        auto made = log.begin(what);
        return log.send(to, made, until);
    }
    std::uint64_t number_here() {
        return on_worker(0, [&] { return number_here(*reader); });
    }
    std::uint64_t number_here(fibercast::sequence::reader& by) {
        fibercast::event const what("x");
        auto made = log.begin(what);
        return by.number_here(made);
    }

    std::vector<std::string> read() {
        return on_worker(0, [&] {
            std::vector<std::string> all;
            if (!reader->read(batch)) all.emplace_back("closed");
            for (auto const& each : batch) all.push_back(text_of(each));
            return all;
        });
    }

    void read_everything() {
        for (std::size_t count = 0; count < fibercast::sequence::window; count += batch.size())
            read();
    }

    fibercast::sequence log;
    std::optional<fibercast::sequence::reader> reader;
    std::vector<fibercast::publication> batch;
};
