#pragma once

#include <fibercast/sse/client_info.hpp>

#include <boost/intrusive/unordered_set.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <utility>

namespace fibercast {

/// Where something is in an `id_index`; its members derive from it.
using id_place = boost::intrusive::unordered_set_base_hook<>;

/// Finds by their ids what has one, however many there are. Does not own them. Takes eight to sixteen
/// bytes for each, and does without more where there is no memory: then it finds more slowly.
template <typename T>
class id_index {
public:
    id_index() : buckets_(std::make_unique<bucket[]>(fewest)), all_({buckets_.get(), fewest}) {}

    void add(T& one) noexcept {
        if (all_.size() == all_.bucket_count()) grow();
        all_.insert(one);
    }

    /// It must be in.
    void remove(T& one) noexcept { all_.erase(all_.iterator_to(one)); }

    /// Null: nobody has it.
    T* find(client_id id) const noexcept {
        auto const found = all_.find(id);
        return found == all_.end() ? nullptr : const_cast<T*>(&*found);
    }

private:
    struct id_of {
        using type = client_id;
        client_id operator()(T const& one) const noexcept { return one.id(); }
    };
    using index = boost::intrusive::unordered_set<
        T, boost::intrusive::base_hook<id_place>, boost::intrusive::key_of_value<id_of>,
        boost::intrusive::hash<std::hash<client_id>>, boost::intrusive::power_2_buckets<true>>;
    using bucket = typename index::bucket_type;

    static constexpr std::size_t fewest = 64;

    void grow() noexcept {
        auto const count = 2 * all_.bucket_count();
        std::unique_ptr<bucket[]> more(new (std::nothrow) bucket[count]);
        if (!more) return;
        all_.rehash({more.get(), count});
        buckets_ = std::move(more);
    }

    std::unique_ptr<bucket[]> buckets_;
    index all_;
};

}  // namespace fibercast
