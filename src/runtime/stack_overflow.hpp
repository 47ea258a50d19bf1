#pragma once

#include <cstddef>
#include <memory>

namespace fibercast {

/// While one lives on a worker's thread, a fiber that runs into its guard page ends the program
/// with a message that says so, instead of a bare segmentation fault. Any other fault goes to
/// whoever handled faults before.
class stack_overflow_report {
public:
    stack_overflow_report();
    ~stack_overflow_report();
    stack_overflow_report(stack_overflow_report const&) = delete;
    stack_overflow_report& operator=(stack_overflow_report const&) = delete;

private:
    // The handler cannot run on the stack that has just overflowed.
    std::unique_ptr<std::byte[]> signal_stack_;
};

}  // namespace fibercast
