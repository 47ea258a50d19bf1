#include <fibercast/access/key_ring.hpp>

#include "openssl.hpp"

#include "http/escape.hpp"

#include <fibercast/access/jwk_set.hpp>

#include <openssl/crypto.h>

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace fibercast {
namespace {

/// A file's bytes, which may be a secret and are not left in memory.
class file_text {
public:
    explicit file_text(std::string const& path) {
        // Opening a folder does not fail, reading it does not say why.
        std::error_code ignored;
        if (std::filesystem::is_directory(path, ignored)) throw std::runtime_error("a folder");
        std::ifstream file(path, std::ios::binary);
        if (!file) throw std::runtime_error(std::system_category().message(errno));
        text_.resize(longest_jwk_set + 1);
        file.read(text_.data(), static_cast<std::streamsize>(text_.size()));
        if (file.bad()) throw std::runtime_error("it cannot be read");
        size_ = static_cast<std::size_t>(file.gcount());
        if (size_ > longest_jwk_set) throw std::runtime_error("longer than 64 KiB");
    }
    ~file_text() { OPENSSL_cleanse(text_.data(), text_.size()); }
    file_text(file_text const&) = delete;
    file_text& operator=(file_text const&) = delete;

    std::string_view view() const noexcept { return std::string_view(text_).substr(0, size_); }

private:
    std::string text_;
    std::size_t size_ = 0;
};

verification_key one_key(std::string_view text, std::optional<signing_algorithm> algorithm) {
    if (text.find("-----BEGIN ") != text.npos) return verification_key::from_pem(text, algorithm);
    // Editors and echo put a line's end there.
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return verification_key::from_secret(text, algorithm.value_or(signing_algorithm::hs256));
}

std::vector<verification_key> keys_in(key_file const& file) {
    file_text const text(file.path);
    if (file.content == key_file::format::jwk_set) return keys_of_jwk_set(text.view());
    return {one_key(text.view(), file.algorithm)};
}

void add_keys_of(key_file const& file, trusted_keys& to) try {
    for (auto& each : keys_in(file))
        to.add(file.issuer, {std::move(each), file.publish, file.subscribe});
} catch (std::bad_alloc const&) {
    throw;
} catch (std::exception const& wrong) {
    throw std::runtime_error(escaped(file.path) + ": " + wrong.what());
}

}  // namespace

trusted_keys load_keys(std::vector<key_file> const& files) {
    trusted_keys keys;
    for (auto const& each : files) add_keys_of(each, keys);
    return keys;
}

key_ring::key_ring(trusted_keys keys)
    : keys_(std::make_shared<trusted_keys const>(std::move(keys))) {}

key_ring::key_ring(std::vector<key_file> files) : files_(std::move(files)), stamps_(stamps()) {
    keys_ = std::make_shared<trusted_keys const>(load_keys(files_));
}

std::shared_ptr<trusted_keys const> key_ring::keys() const {
    std::lock_guard const lock(mutex_);
    return keys_;
}

void key_ring::replace(trusted_keys keys) {
    auto next = std::make_shared<trusted_keys const>(std::move(keys));
    std::lock_guard const lock(mutex_);
    keys_.swap(next);
}

void key_ring::reload() {
    std::lock_guard const lock(reading_);
    read_again(stamps());
}

bool key_ring::reload_if_changed() {
    std::lock_guard const lock(reading_);
    auto seen = stamps();
    if (seen == stamps_) return false;
    read_again(std::move(seen));
    return true;
}

/// `seen` is from before the reading: what is written meanwhile is another change.
void key_ring::read_again(std::vector<stamp> seen) {
    stamps_ = std::move(seen);
    replace(load_keys(files_));
}

key_ring::stamp key_ring::stamp_of(std::string const& path) noexcept {
    struct ::stat found;
    if (::stat(path.c_str(), &found) != 0) return {};
    return {found.st_ino, static_cast<std::uint64_t>(found.st_size), found.st_mtim.tv_sec,
            found.st_mtim.tv_nsec};
}

std::vector<key_ring::stamp> key_ring::stamps() const {
    std::vector<stamp> all;
    all.reserve(files_.size());
    for (auto const& each : files_) all.push_back(stamp_of(each.path));
    return all;
}

}  // namespace fibercast
