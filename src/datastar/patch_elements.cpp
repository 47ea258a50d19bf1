#include <fibercast/datastar/patch_elements.hpp>

#include "data_lines.hpp"

#include <stdexcept>
#include <utility>

namespace fibercast::datastar {
namespace {

std::string_view name_of(patch_mode mode) {
    switch (mode) {
    case patch_mode::outer: return "outer";
    case patch_mode::inner: return "inner";
    case patch_mode::replace: return "replace";
    case patch_mode::prepend: return "prepend";
    case patch_mode::append: return "append";
    case patch_mode::before: return "before";
    case patch_mode::after: return "after";
    case patch_mode::remove: return "remove";
    }
    throw std::invalid_argument("there is no such patch_mode");
}

std::string_view name_of(element_namespace of) {
    switch (of) {
    case element_namespace::html: return "html";
    case element_namespace::svg: return "svg";
    case element_namespace::mathml: return "mathml";
    }
    throw std::invalid_argument("there is no such element_namespace");
}

}  // namespace

event patch_elements(std::string_view elements, patch_elements_options const& how) {
    if (elements.empty() && how.selector.empty())
        throw std::invalid_argument("a patch of elements needs elements or a selector");
    data_lines lines;
    if (!how.selector.empty()) lines.add("selector", how.selector);
    if (how.mode != patch_mode::outer) lines.add("mode", name_of(how.mode));
    if (how.use_view_transition) {
        lines.add("useViewTransition", "true");
        if (!how.view_transition_selector.empty())
            lines.add("viewTransitionSelector", how.view_transition_selector);
    }
    if (how.namespace_ != element_namespace::html) lines.add("namespace", name_of(how.namespace_));
    if (!elements.empty()) lines.add_text("elements", elements);
    return std::move(lines).as("datastar-patch-elements", how.event_id, how.retry_duration);
}

}  // namespace fibercast::datastar
