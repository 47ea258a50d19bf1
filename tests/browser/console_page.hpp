#pragma once

#include "browser/browser.hpp"

#include <string>

/// Has the console publish to a topic, through its form.
void publish(tab& page, std::string const& topic, std::string const& data);

/// Has the console watch a topic, and waits until it does.
void tail(tab& page, std::string const& topic);
