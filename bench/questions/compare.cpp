// Every question of every peer, and what else a reader of the results asks: two workers against
// one, and cost as the number grows.
#include "contest/comparison_files.hpp"
#include "contest/report.hpp"
#include "process/failure.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>
#include <boost/algorithm/string/replace.hpp>

#include <algorithm>
#include <functional>

namespace bench {
namespace {

using result_list = std::vector<contest_result>;

contestant const& named(options const& all, std::string_view name) {
    return *std::ranges::find(all.contestants, name, &contestant::name);
}

std::vector<contestant> only(options const& all, std::vector<std::string_view> const& names) {
    std::vector<contestant> some;
    for (auto const name : names) some.push_back(named(all, name));
    return some;
}

std::vector<contestant> who_offers(options const& all, std::string contestant::*command) {
    auto some = all.contestants;
    std::erase_if(some, [=](contestant const& who) { return (who.*command).empty(); });
    return some;
}

options ask(options const& all, std::string const& question, std::vector<contestant> contestants) {
    auto own = all;
    own.command = question;
    own.contestants = std::move(contestants);
    return own;
}

/// Those that serve. Gathering changes a floor only in bursts.
std::vector<contestant> servers(options const& all) {
    auto some = who_offers(all, &contestant::command);
    std::erase_if(some, [](contestant const& who) { return who.name == "floor-gathered"; });
    return some;
}

std::vector<contestant> with_topics(options const& all) {
    return who_offers(all, &contestant::topic_publish);
}

contest_result fanout(options const& all) {
    auto own = ask(all, "fanout", servers(all));
    own.messages = 20;
    return run_fanout(own);
}

contest_result burst(options const& all, int clients) {
    auto own = ask(all, "burst", who_offers(all, &contestant::command));
    own.clients = clients;
    own.messages = 200;
    auto result = run_burst(own);
    result.question = fmt::format("burst to {}", own.clients);
    return result;
}

contest_result connect(options const& all) {
    return run_connect(ask(all, "connect", servers(all)));
}

contest_result idle(options const& all) {
    auto own = ask(all, "idle", servers(all));
    own.warm_up = 0;
    return run_idle(own);
}

contest_result fibers(options const& all) {
    return run_fibers(ask(all, "fibers", who_offers(all, &contestant::crowd_command)));
}

contest_result slow(options const& all, double rate) {
    auto own = ask(all, "slow", only(all, {"fibercast"}));
    own.clients = std::min(5'000, all.clients);
    own.warm_up = 1'000;
    own.messages = rate > 0 ? 800 : 200;
    own.size = 1'000;
    own.slow_rate = rate;
    if (rate > 0) own.rate = 25;  // longer than any patience of a server
    auto result = run_slow(own);
    if (rate > 0) result.question = "slow, some read a tenth";
    return result;
}

contest_result topics(options const& all) {
    auto own = ask(all, "topics", with_topics(all));
    own.messages = 20;
    return run_topics(own);
}

contest_result replay(options const& all) {
    auto some = all.contestants;
    std::erase_if(some, [](contestant const& who) { return !who.replays; });
    auto own = ask(all, "replay", std::move(some));
    own.warm_up = 1'000;
    own.clients = all.clients + all.clients / 15;  // so that all but one in 16 come back
    return run_replay(own);
}

/// The second worker has to share its core with the driver, as the machine has no third.
contest_result two_workers(options const& all) {
    auto own = ask(all, "fanout", only(all, {"fibercast", "fibercast"}));
    own.messages = 20;
    auto& two = own.contestants[1];
    own.contestants[0].name = "1 worker";
    two.name = "2 workers";
    boost::algorithm::replace_all(two.command, "--workers 1", "--workers 2");
    two.cores = all.all_cores;
    auto result = run_fanout(own);
    result.question = "two workers";
    return result;
}

/// The same number of deliveries at each size.
contest_result client_growth(options const& all, int clients) {
    auto own = ask(all, "fanout", only(all, {"fibercast", "floor"}));
    own.clients = clients;
    own.messages = std::max(20 * all.clients / clients, 1);
    auto result = run_fanout(own);
    result.question = fmt::format("fanout to {}", clients);
    return result;
}

contest_result fiber_growth(options const& all, int count) {
    auto own = ask(all, "fibers", only(all, {"fibercast"}));
    own.fibers = count;
    auto result = run_fibers(own);
    result.question = fmt::format("{} fibers", count);
    return result;
}

struct part {
    std::string name;
    std::vector<std::function<contest_result(options const&)>> contests;
};

std::vector<part> parts_of(options const& all) {
    part burst_part{"burst", {}};
    for (int const clients : {200, 5'000}) {
        if (clients <= all.clients)
            burst_part.contests.push_back([=](auto& o) { return burst(o, clients); });
    }
    part growth{"growth", {}};
    for (int const clients : {1'000, 5'000, 15'000}) {
        if (clients <= all.clients)
            growth.contests.push_back([=](auto& o) { return client_growth(o, clients); });
    }
    for (int const count : {10'000, 100'000, 1'000'000}) {
        if (count <= all.fibers)
            growth.contests.push_back([=](auto& o) { return fiber_growth(o, count); });
    }
    part slow_part{"slow", {}};
    for (double const rate : {0.0, 0.1})
        slow_part.contests.push_back([=](auto& o) { return slow(o, rate); });
    return {{"fanout", {fanout}},
            {"connect", {connect}},
            burst_part,
            {"fibers", {fibers}},
            {"workers", {two_workers}},
            slow_part,
            {"topics", {topics}},
            {"replay", {replay}},
            {"idle", {idle}},
            growth};
}

void check_questions(options const& all, std::vector<part> const& parts) {
    for (auto const& question : all.questions) {
        if (std::ranges::find(parts, question, &part::name) == parts.end())
            throw failure{fmt::format("no such question: {}", question)};
    }
}

bool is_asked(options const& all, part const& one) {
    return all.questions.empty() || std::ranges::count(all.questions, one.name) > 0;
}

}  // namespace

int run_compare(options const& settings) {
    auto const parts = parts_of(settings);
    check_questions(settings, parts);
    prepare_comparison(settings);
    if (!settings.json.empty()) check_writable(settings.json);
    print_machine();
    for (auto const& skipped : settings.skipped) fmt::print("skipped          {}\n", skipped);
    result_list results;
    int status = 0;
    for (auto const& part : parts) {
        if (!is_asked(settings, part)) continue;
        for (auto const& contest : part.contests) {
            auto const& result = results.emplace_back(contest(settings));
            print_configuration(result.settings);
            print_result(result);
            status = std::max(status, result.status());
            if (result.interrupted) break;
        }
        write_comparison(settings, results);  // what comes later may go wrong
        if (results.back().interrupted) break;
    }
    if (!settings.json.empty()) write_json(settings.json, results);
    fmt::print("\nwritten to {}\n", settings.output);
    return status;
}

}  // namespace bench
