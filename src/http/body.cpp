#include <fibercast/http/body.hpp>

#include <fibercast/http/drain.hpp>

namespace fibercast {

void write_body(std::string const& text, output& out)
{
    (void)out.write(text);
}

std::uint64_t body_size(std::string const& text) noexcept
{
    return text.size();
}

void write_body(std::shared_ptr<channel<std::string>> const& from, output& out)
{
    close_watch const watch(out, *from);
    std::string text;
    while (out.flush() && from->pop(text) && out.write(text)) {
    }
    from->close();
}

void write_body(std::shared_ptr<channel<chunk_ptr>> const& from, output& out)
{
    close_watch const watch(out, *from);
    channel_drain drain(*from, out);
    while (drain.write_next() != 0) {
    }
}

}  // namespace fibercast
