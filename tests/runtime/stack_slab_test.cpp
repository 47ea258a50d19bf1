#include "runtime/stack_slab.hpp"

#include "support/catch.hpp"
#include "support/readable.hpp"

#include <memory>
#include <vector>

using fibercast::stack_layout;
using fibercast::stack_pool;
using fibercast::stack_slab;

namespace {

/// A slab on a kernel that has no guards of its own.
std::unique_ptr<stack_slab> make_slab(stack_layout const& layout) {
    return std::make_unique<stack_slab>(layout, false);
}

std::size_t guarded(stack_slab const& slab, stack_layout const& layout) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < layout.stacks_in_slab; ++i) {
        std::byte const* const usable = slab.begin() + i * layout.stride() + layout.guard;
        CHECK(readable(usable));
        if (!readable(usable - 1)) ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("where guards are mappings, the first stacks have them, and the rest work without") {
    auto const layout = stack_layout::of_fibers(32 * 1024);
    auto const most = layout.most_mapped_guards;
    std::vector<std::unique_ptr<stack_slab>> slabs;
    std::size_t with_guard = 0;
    for (std::size_t stacks = 0; stacks <= most; stacks += layout.stacks_in_slab) {
        slabs.push_back(make_slab(layout));
        with_guard += guarded(*slabs.back(), layout);
    }
    CHECK(with_guard <= most);
    CHECK(with_guard >= most / 2);  // other tests may hold some
    CHECK(guarded(*slabs.back(), layout) < layout.stacks_in_slab);
    // Handlers go deep: theirs are not used up by fibers.
    auto const deep = stack_layout::of_handlers(32 * 1024);
    CHECK(guarded(*make_slab(deep), deep) == deep.stacks_in_slab);
}

TEST_CASE("an unused slab gives its memory back and keeps its guards, whatever these are") {
    auto const layout = stack_layout::of_handlers(32 * 1024);
    for (bool const kernel_guards : {false, stack_pool::guards_all()}) {
        stack_slab slab(layout, kernel_guards);
        std::vector<std::byte*> all(layout.stacks_in_slab);
        for (auto& low : all) {
            low = slab.take();
            low[layout.guard] = std::byte{1};
        }
        for (auto* low : all) slab.put_back(low);
        slab.cool();
        CHECK(slab.warm() == 0);
        CHECK(guarded(slab, layout) == layout.stacks_in_slab);
        for (auto const* low : all) CHECK(low[layout.guard] == std::byte{0});
    }
}

TEST_CASE("guards that are mappings are free again when their stacks are unmapped") {
    auto const layout = stack_layout::of_handlers(32 * 1024);
    for (std::size_t made = 0; made <= layout.most_mapped_guards; made += layout.stacks_in_slab)
        make_slab(layout);
    CHECK(guarded(*make_slab(layout), layout) == layout.stacks_in_slab);
}
