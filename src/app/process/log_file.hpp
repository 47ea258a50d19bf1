#pragma once

#include <string>

namespace fibercast::app {

/// A file that is appended to, and that others may move away. Any thread.
class log_file {
public:
    /// Makes it if it is not there, for its owner and to be read by the group. Throws
    /// `std::system_error`, whose text has the path.
    explicit log_file(std::string path);
    ~log_file();
    log_file(log_file const&) = delete;
    log_file& operator=(log_file const&) = delete;

    /// Stays the same when the file is opened again, also for who is writing meanwhile.
    int native_handle() const noexcept { return fd_; }

    /// Opens what is at the path now. Throws as the constructor does, and then goes on with what
    /// was open.
    void reopen();

private:
    int open() const;

    std::string const path_;
    int const fd_;
};

}  // namespace fibercast::app
