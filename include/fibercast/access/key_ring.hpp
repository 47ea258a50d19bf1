#pragma once

#include <fibercast/access/trusted_keys.hpp>
#include <fibercast/api.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace fibercast {

/// A file with an issuer's keys.
struct key_file {
    enum class format {
        one_key,  ///< A public key in PEM, or else a secret; a line's end at its end is not of it.
        jwk_set
    };

    std::string issuer;
    std::string path;
    format content = format::one_key;
    /// Of a file with one key; nothing: as `verification_key::from_pem` says, or HS256.
    std::optional<signing_algorithm> algorithm = {};
    bool publish = true;
    bool subscribe = true;
};

/// Reads the files, of at most 64 KiB each. Blocks. Throws `std::runtime_error` with the path and
/// what is wrong, and `std::bad_alloc`.
FIBERCAST_API trusted_keys load_keys(std::vector<key_file> const& files);

/// The keys of the moment, which can be replaced while others verify with them. Any thread.
class FIBERCAST_API key_ring {
public:
    explicit key_ring(trusted_keys keys);
    /// Reads the files. Blocks, and throws as `load_keys` does.
    explicit key_ring(std::vector<key_file> files);

    /// They stay as they are for as long as somebody holds them.
    std::shared_ptr<trusted_keys const> keys() const;
    void replace(trusted_keys keys);

    /// Reads the files again, as on SIGHUP. Blocks. When it throws, as `load_keys` does, the keys
    /// are those from before.
    void reload();
    /// The same if a file has changed since it was read (its inode, size or time); returns whether
    /// one has. What was wrong with a file is said once: it is read when it has changed again.
    bool reload_if_changed();

private:
    struct stamp {
        std::uint64_t inode = 0, size = 0;
        std::int64_t seconds = 0, nanoseconds = 0;

        bool operator==(stamp const&) const = default;
    };

    static stamp stamp_of(std::string const& path) noexcept;
    std::vector<stamp> stamps() const;
    void read_again(std::vector<stamp> seen);

    std::vector<key_file> const files_;
    std::mutex reading_;         // one reload at a time, so that an older one does not win
    std::vector<stamp> stamps_;  // under reading_
    mutable std::mutex mutex_;
    std::shared_ptr<trusted_keys const> keys_;  // under mutex_; never null
};

}  // namespace fibercast
