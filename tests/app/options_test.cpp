#include "app/options.hpp"

#include "support/catch.hpp"

#include <fibercast/version.hpp>

#include <sstream>
#include <string>
#include <variant>
#include <vector>

using namespace fibercast;
using namespace fibercast::app;
using namespace std::chrono_literals;
namespace {

std::variant<options, early_end> parsed(std::vector<char const*> words) {
    words.insert(words.begin(), "fibercast");
    return parse_options(static_cast<int>(words.size()), words.data());
}

options chosen(std::vector<char const*> words) {
    auto const result = parsed(std::move(words));
    if (auto const* const end = std::get_if<early_end>(&result)) UNSCOPED_INFO(end->text);
    REQUIRE(std::holds_alternative<options>(result));
    return std::get<options>(result);
}

std::string complaint(std::vector<char const*> words) {
    auto const result = parsed(std::move(words));
    REQUIRE(std::holds_alternative<early_end>(result));
    auto const& end = std::get<early_end>(result);
    CHECK(end.status == 2);
    CHECK(end.text == "fibercast: " + end.reason + " (see --help)\n");
    constexpr std::string_view frame[] = {"fibercast: ", " (see --help)\n"};
    REQUIRE(end.text.starts_with(frame[0]));
    REQUIRE(end.text.ends_with(frame[1]));
    return end.text.substr(frame[0].size(), end.text.size() - frame[0].size() - frame[1].size());
}

std::string answer(std::vector<char const*> words) {
    auto const result = parsed(std::move(words));
    REQUIRE(std::holds_alternative<early_end>(result));
    CHECK(std::get<early_end>(result).status == 0);
    return std::get<early_end>(result).text;
}

}  // namespace

TEST_CASE("each option sets what it says") {
    auto const all = chosen({"--host",
                             "[::1]",
                             "--port=1234",
                             "--workers",
                             "3",
                             "--heartbeat",
                             "250ms",
                             "--channel-capacity",
                             "32",
                             "--overflow",
                             "drop-oldest",
                             "--log-format",
                             "json",
                             "--log-file",
                             "/var/log/fibercast.log",
                             "--drain",
                             "3s",
                             "--drain-timeout",
                             "1m",
                             "--peer-timeout",
                             "0",
                             "--log-level",
                             "debug",
                             "--no-command-history",
                             "--max-connections",
                             "9",
                             "--unsent-limit",
                             "65536",
                             "--send-buffer",
                             "32768",
                             "--handler-stack",
                             "2097152",
                             "--bodies-limit",
                             "5000000000",
                             "--history",
                             "0",
                             "--history-bytes",
                             "1MiB",
                             "--history-age",
                             "90m",
                             "--memory-limit",
                             "2GiB",
                             "--admin",
                             "[::1]:0",
                             "--allow-overflow",
                             "block,drop-oldest",
                             "--max-clients",
                             "5000",
                             "--max-clients-per-address",
                             "20",
                             "--trusted-proxy",
                             "127.0.0.1,10.0.0.0/8",
                             "--compression",
                             "br,gzip",
                             "--cors-origin",
                             "https://a.example.com,http://localhost:3000",
                             "--cors-credentials"});
    CHECK(all.host == "::1");
    CHECK(all.port == 1234);
    CHECK(all.workers == 3);
    CHECK(all.heartbeat == 250ms);
    CHECK(all.channel_capacity == 32);
    CHECK(all.overflow == overflow::drop_oldest);
    CHECK(all.log_format == fibercast::app::log_format::json);
    CHECK(all.log_file == "/var/log/fibercast.log");
    CHECK(all.drain == 3s);
    CHECK(all.drain_timeout == 1min);
    CHECK(all.peer_timeout == 0ms);
    CHECK(all.log_level == spdlog::level::debug);
    CHECK_FALSE(all.command_history);
    CHECK(all.max_connections == 9);
    CHECK(all.unsent_limit == 65'536);
    CHECK(all.send_buffer == 32'768);
    CHECK(all.handler_stack == 2'097'152);
    CHECK(all.bodies_limit == 5'000'000'000);
    CHECK(all.history == 0);
    CHECK(all.history_bytes == 1'048'576);
    CHECK(all.history_age == 90min);
    CHECK(all.memory_limit == 2'147'483'648);
    CHECK(all.admin == admin_address{"::1", 0});
    CHECK(all.allow_overflow == std::vector{overflow::block, overflow::drop_oldest});
    CHECK(all.max_clients == 5'000);
    CHECK(all.max_clients_per_address == 20);
    CHECK(all.trusted_proxies.size() == 2);
    CHECK(all.compression ==
          std::vector{fibercast::content_coding::br, fibercast::content_coding::gzip});
    CHECK(all.cors_origins ==
          std::vector<std::string>{"https://a.example.com", "http://localhost:3000"});
    CHECK(all.cors_credentials);
    CHECK(chosen({"-p", "7"}).port == 7);
    CHECK(chosen({"--max-clients", "0"}).max_clients == 0);
}

TEST_CASE("without options there are defaults") {
    auto const all = chosen({});
    CHECK(all.host == "127.0.0.1");
    CHECK(all.port == 8080);
    CHECK(all.workers == 0);
    CHECK(all.command_history);
    CHECK(all.history == 1'000);
    CHECK(all.history_bytes == 64 * 1024 * 1024);
    CHECK(all.history_age == 1h);
    CHECK(all.memory_limit == 0);
    CHECK_FALSE(all.max_clients);
    CHECK(all.handler_stack == worker_pool::options{}.handler_stack_size);
    CHECK(all.bodies_limit == 64 * 1024 * 1024);
}

TEST_CASE("what is no option is said in the order of the words, with what was probably meant") {
    CHECK(complaint({"--prot", "1"}) == "there is no option '--prot'; did you mean --port?");
    CHECK(complaint({"--hearbeat=1s"}) ==
          "there is no option '--hearbeat'; did you mean --heartbeat?");
    CHECK(complaint({"--Version"}) == "there is no option '--Version'; did you mean --version?");
    CHECK(complaint({"--colour", "red"}) == "there is no option '--colour'");
    CHECK(complaint({"-x"}) == "there is no option '-x'");
    CHECK(complaint({"8080"}) == "'8080' is no option");
    CHECK(complaint({"--\x1b[2J"}) == "there is no option '--\\x1b[2J'");
}

TEST_CASE("a value too few or too many is said plainly") {
    CHECK(complaint({"--port"}) == "--port wants a value");
    CHECK(complaint({"--config"}) == "--config wants a value");
    CHECK(complaint({"--config", ""}) == "'' is no configuration file");
    CHECK(complaint({"--log-file", ""}) == "--log-file: '' is no path");
    CHECK(complaint({"--port", "1", "--port", "2"}) == "--port has more than one value");
    CHECK(complaint({"--no-command-history=maybe"}) ==
          "--no-command-history: 'maybe' is none of true, false");
}

TEST_CASE("a value that is none is quoted, with what would be one") {
    CHECK(complaint({"--port", "65536"}) == "--port: '65536' is no number from 0 to 65535");
    CHECK(complaint({"--workers", "0"}) == "--workers: '0' is no number from 1 to 1024");
    CHECK(complaint({"--heartbeat", "10"}) ==
          "--heartbeat: '10' is no time of at most a day, such as 500ms, 10s or 2m");
    CHECK_THAT(complaint({"--heartbeat", "-1s"}), ContainsSubstring("--heartbeat: '-1s'"));
    CHECK_THAT(complaint({"--drain-timeout", "soon"}), ContainsSubstring("'soon'"));
    CHECK_THAT(complaint({"--channel-capacity", "0"}), ContainsSubstring("65536"));
    CHECK_THAT(complaint({"--overflow", "panic"}), ContainsSubstring("drop-oldest"));
    CHECK(complaint({"--history", "10000001"}) ==
          "--history: '10000001' is no number from 0 to 10000000");
    CHECK(complaint({"--history-bytes", "64MB"}) ==
          "--history-bytes: '64MB' is no size of at most 1024GiB, such as 65536, 64KiB or 1MiB");
    CHECK(
        complaint({"--admin", "8081"}) ==
        "--admin: '8081' is no address with a port, such as 127.0.0.1:8081 or [::1]:8081, nor off");
    CHECK_FALSE(chosen({"--admin", "off"}).admin);
    CHECK(complaint({"--allow-overflow", "block,,"}) ==
          "--allow-overflow: '' is none of block, drop-oldest, drop-newest, disconnect, catch-up, "
          "nor none");
    CHECK(chosen({"--allow-overflow", "none"}).allow_overflow.empty());
    CHECK(complaint({"--compression", "gzip,deflate"}) ==
          "--compression: 'deflate' is none of br, zstd, gzip, nor none");
    CHECK(chosen({"--compression", "none"}).compression.empty());
    CHECK(chosen({}).compression.empty());
    for (auto const* range : {"10.0.0.0/33", ""})
        CHECK(complaint({"--trusted-proxy", (std::string("::1,") + range).c_str()}) ==
              "--trusted-proxy: '" + std::string(range) +
                  "' is no address or range, such as 127.0.0.1 or 10.0.0.0/8");
    CHECK(complaint({"--host", ""}) == "--host: '' is no host");
}

TEST_CASE("pages of other origins are allowed by what browsers call these") {
    CHECK(complaint({"--cors-origin", "https://a.example.com,"}) ==
          "--cors-origin: '' is no origin as browsers write it: https://app.example.com is one");
    CHECK_THAT(complaint({"--cors-origin", "https://a.example.com/"}),
               ContainsSubstring("more than a scheme"));
    CHECK(chosen({"--cors-origin", "*"}).cors_origins == std::vector<std::string>{"*"});
    CHECK(complaint({"--cors-origin", "*,https://a.example.com"}) ==
          "--cors-origin: * is all there are, and stands alone");
    CHECK_THAT(complaint({"--cors-origin", "*", "--cors-credentials"}),
               ContainsSubstring("--cors-credentials: not with --cors-origin *"));
    CHECK(complaint({"--cors-credentials"}) == "--cors-credentials: there is no --cors-origin");
}

TEST_CASE("sizes that no handler and no body could live with are refused") {
    auto const least = std::to_string(worker_pool::options{}.stack_size);
    for (auto const* stack : {"0", "4096", "1000000001", "-1", "1M", "99999999999999999999"}) {
        CHECK(complaint({"--handler-stack", stack}) == "--handler-stack: '" + std::string(stack) +
                                                           "' is no number from " + least +
                                                           " to 1000000000");
    }
    CHECK(chosen({"--handler-stack", least.c_str()}).handler_stack == std::stoul(least));
    for (auto const* bodies : {"0", "2097151", "1000000000001", "-1", "64M"}) {
        CHECK(complaint({"--bodies-limit", bodies}) ==
              "--bodies-limit: '" + std::string(bodies) +
                  "' is no number from 2097152 to 1000000000000");
    }
    CHECK(chosen({"--bodies-limit", "2097152"}).bodies_limit == 2'097'152);
}

TEST_CASE("help fits into a hundred columns, and names the defaults") {
    auto const text = answer({"--help"});
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(line.size() <= 100);
    }
    for (auto const* part : {"--no-command-history", "-h,--help", "--config FILE"})
        CHECK_THAT(text, ContainsSubstring(part));
    // CLI11 2.3 puts a '=' before a default, 2.4 brackets around it
    CHECK_THAT(text,
               ContainsSubstring("-p,--port N=8080") || ContainsSubstring("-p,--port N [8080]"));
    CHECK_THAT(text, ContainsSubstring("--heartbeat TIME=10s") ||
                         ContainsSubstring("--heartbeat TIME [10s]"));
}

TEST_CASE("the version has a short form, too") {
    CHECK(answer({"-v"}) == "fibercast " FIBERCAST_VERSION "\n");
    CHECK(answer({"--version"}) == answer({"-v"}));
}

TEST_CASE("access is as the options say") {
    auto const all =
        chosen({"--hub-url=https://Hub.example.com/a/../m", "--issuer=me", "--jwt-key-file=k",
                "--jwt-algorithm=HS512", "--audience=us", "--anonymous-subscribe=news,public/**",
                "--token-cookie=off", "--authorization-server=https://a,https://b", "--mercure=off",
                "--mercure-subscriptions=on", "--stream-lifetime=5m"})
            .access;
    CHECK(all.hub_url == "https://hub.example.com/m");
    auto const local = chosen(
        {"--hub-url=http://localhost/.well-known/mercure", "--issuer=me", "--jwt-key-file=k"});
    CHECK(local.access.hub_url == fibercast::app::options().access.hub_url);
    CHECK(all.issuer == "me");
    CHECK(all.key_file == "k");
    CHECK(all.algorithm == signing_algorithm::hs512);
    CHECK(all.audience == "us");
    CHECK(all.anonymous == std::vector<std::string>{"news", "public/**"});
    CHECK(all.cookie == "");
    CHECK(all.authorization_servers == std::vector<std::string>{"https://a", "https://b"});
    CHECK_FALSE(all.mercure);
    CHECK(all.subscriptions);
    CHECK_FALSE(all.compatible_with_0x);
    CHECK(all.longest_stream == 5min);
    CHECK(chosen({}).access.anonymous == std::vector<std::string>{"*"});
    CHECK(chosen({"--anonymous-subscribe=off"}).access.anonymous.empty());
    CHECK(chosen({"--mercure-compatibility=0.x", "--jwt-key-file=k"}).access.compatible_with_0x);
}

TEST_CASE("access that cannot be is an error that names the option") {
    auto const url = "--hub-url=https://hub.example.com/m";
    CHECK_THAT(complaint({"--jwt-key-file=k", url}), StartsWith("--issuer: "));
    CHECK_THAT(complaint({"--issuer=me", url}), StartsWith("--issuer: "));
    CHECK_THAT(complaint({"--issuer=me", "--jwks-file=k"}), StartsWith("--hub-url: "));
    CHECK_THAT(complaint({"--issuer=me", "--jwks-file=k", url, "--jwt-algorithm=HS256"}),
               StartsWith("--jwt-algorithm: "));
    CHECK_THAT(complaint({"--hub-url=nonsense"}), StartsWith("--hub-url: 'nonsense' is no URL"));
    CHECK_THAT(complaint({"--hub-url=https://a.example/"}), StartsWith("--hub-url: "));
    CHECK_THAT(complaint({"--hub-url=https://a.example/m?x"}), StartsWith("--hub-url: "));
    CHECK_THAT(complaint({"--jwt-algorithm=none"}), StartsWith("--jwt-algorithm: 'none' is none"));
    CHECK_THAT(complaint({"--anonymous-subscribe=a,,b"}), StartsWith("--anonymous-subscribe: "));
    CHECK_THAT(complaint({"--token-cookie=a b"}), StartsWith("--token-cookie: "));
    CHECK_THAT(complaint({"--audience", "\n"}), StartsWith("--audience: "));
    CHECK_THAT(complaint({"--mercure=yes"}), StartsWith("--mercure: "));
}
