#include "test_stream_state.hpp"

#include <string>
#include <utility>

namespace fibercast::testing {
namespace {

/// What a body leaves behind, however it ends.
struct end_of_body {
    explicit end_of_body(bool& ended, memory_output& out) noexcept : ended_(ended), out_(out) {}
    ~end_of_body() {
        ended_ = true;
        out_.wake_waiting();
    }
    end_of_body(end_of_body const&) = delete;
    end_of_body& operator=(end_of_body const&) = delete;

private:
    bool& ended_;
    memory_output& out_;
};

}  // namespace

test_stream::state::~state() {
    home.call([&] {
        out.leave();
        if (fibers) fibers->join();
        fibers.reset();
        made = response(status::ok);  // the body may belong to the worker
    });
}

void test_stream::state::start() {
    fibers.emplace(home.stacks());
    fibers->spawn([this] {
        end_of_body const end(ended, out);
        write_body(made.body(), out);
    });
}

std::optional<received_event> test_stream::state::take_event() {
    for (auto& each : reader.feed(std::string_view(out.text()).substr(read)))
        events.push_back(std::move(each));
    read = out.text().size();
    if (events.empty()) return std::nullopt;
    auto first = std::move(events.front());
    events.pop_front();
    return first;
}

test_stream::test_stream(std::unique_ptr<state> of) noexcept : state_(std::move(of)) {}
test_stream::~test_stream() = default;
test_stream::test_stream(test_stream&&) noexcept = default;

status test_stream::status() const noexcept { return state_->made.status(); }

std::string_view test_stream::field(std::string_view name) const noexcept {
    return state_->made.fields().find(name).value_or("");
}

received_event test_stream::next() {
    auto found = state_->wait([&] { return state_->take_event(); });
    if (found) return *std::move(found);
    throw failure(ended() ? "the stream has ended, and there is no further event"
                          : "no event has come");
}

void test_stream::wait_for_end() {
    state_->wait([&] { return state_->ended; });
    if (!ended()) throw failure("the body does not end");
}

void test_stream::wait_for(std::string_view text) {
    bool const found =
        state_->wait([&] { return state_->out.text().find(text) != std::string::npos; });
    if (!found) throw failure("it has not come: " + std::string(text));
}

bool test_stream::ended() const {
    return state_->home.call([&] { return state_->ended; });
}

std::string test_stream::text() const {
    return state_->home.call([&] { return state_->out.text(); });
}

bool test_stream::unfinished() const {
    return state_->home.call([&] { return state_->out.unfinished(); });
}

void test_stream::stop_reading() {
    state_->home.call([&] { state_->out.stop_reading(); });
}

void test_stream::read_on() {
    state_->home.call([&] { state_->out.read_on(); });
}

void test_stream::leave() {
    state_->home.call([&] { state_->out.leave(); });
}

void test_stream::drain() {
    state_->home.call([&] { state_->out.drain(); });
}

}  // namespace fibercast::testing
