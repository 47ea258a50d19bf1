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

std::string with_ports(std::string text, server_ports const& ports) {
    boost::algorithm::replace_all(text, "{port}", ports.clients);
    boost::algorithm::replace_all(text, "{admin}", ports.admin);
    return text;
}

}  // namespace bench
