#pragma once

#include <fibercast/api.hpp>
#include <fibercast/datastar/retry_duration.hpp>
#include <fibercast/sse/event.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace fibercast::datastar {

/// What happens to the target. Elements are morphed into it under `outer` and `inner`, so that what
/// the page holds there, such as the focus, outlives the patch.
enum class patch_mode : unsigned char {
    outer,    ///< It becomes the element.
    inner,    ///< Its content becomes the elements.
    replace,  ///< The element takes its place.
    prepend,  ///< The elements come into it, before what it holds.
    append,   ///< The elements come into it, behind what it holds.
    before,   ///< The elements come before it.
    after,    ///< The elements come behind it.
    remove,   ///< It goes.
};

/// Of which language the elements are.
enum class element_namespace : unsigned char { html, svg, mathml };

/// The options of a patch; those with their default are not sent.
struct patch_elements_options {
    /// The targets, in CSS. Empty: each element's own id says its target, and so it must have one.
    std::string selector = {};
    patch_mode mode = patch_mode::outer;
    /// Whether the browser shows the change by a view transition,
    bool use_view_transition = false;
    /// and of which element; empty: of the document. Not sent without the former.
    std::string view_transition_selector = {};
    element_namespace namespace_ = element_namespace::html;

    /// Empty: none, or the hub's.
    std::string event_id = {};
    std::chrono::milliseconds retry_duration = default_retry_duration;
};

/// The event that patches a page's elements: for one client (`client::send`, `sse::send`) or for all
/// (`hub::broadcast`, `hub::publish`). `elements` are whole elements, HTML of yours: what strangers
/// wrote is to be escaped before. They may be none when a selector says what to remove or to empty.
///
/// Throws `std::invalid_argument` when there are neither elements nor a selector; for CR, LF or NUL
/// in a selector or an id; and for a negative time.
FIBERCAST_API event patch_elements(std::string_view elements,
                                   patch_elements_options const& how = {});

}  // namespace fibercast::datastar
