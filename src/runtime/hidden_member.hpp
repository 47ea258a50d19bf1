#pragma once

namespace fibercast {

/// Makes `hidden(Name)` a pointer to a private member of another's class: an explicit instantiation
/// may name it (C++20 [temp.spec.general] 6). `Name` declares that function as its friend, and belongs
/// to one source file.
template <typename Name, auto Member>
struct hidden_member {
    friend constexpr auto hidden(Name) noexcept { return Member; }
};

}  // namespace fibercast
