#include "process/words.hpp"

#include "process/failure.hpp"

#include <boost/algorithm/string/replace.hpp>

#include <iomanip>
#include <sstream>

namespace bench {

std::vector<std::string> split_words(std::string const& command) {
    std::vector<std::string> words;
    std::istringstream stream{command};
    for (std::string word; stream >> std::quoted(word);) words.push_back(word);
    if (words.empty()) throw failure{"an empty command"};
    return words;
}

std::string with_port(std::string text, std::string_view port) {
    boost::algorithm::replace_all(text, "{port}", port);
    return text;
}

}  // namespace bench
