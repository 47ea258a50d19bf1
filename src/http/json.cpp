// Boost.JSON without its library: its sources, compiled once.
#include <boost/json/src.hpp>
