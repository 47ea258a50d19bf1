#include "process/process_tree.hpp"

#include "process/failure.hpp"

#include <filesystem>
#include <fstream>

namespace bench {
namespace {

namespace fs = std::filesystem;

// Each thread lists the children that it has made. A thread or a child may end while we look: then
// it is not there any more, and that is all.
void add_children(pid_t parent, std::vector<pid_t>& found) {
    std::error_code gone;
    for (auto const& thread : fs::directory_iterator{fmt::format("/proc/{}/task", parent), gone}) {
        std::ifstream children{thread.path() / "children"};
        for (pid_t child = 0; children >> child;) {
            found.push_back(child);
            add_children(child, found);
        }
    }
}

std::size_t count_files(pid_t process) {
    std::error_code gone;
    fs::directory_iterator files{fmt::format("/proc/{}/fd", process), gone};
    return gone ? 0 : static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

}  // namespace

std::vector<pid_t> process_tree(pid_t root) {
    if (!fs::exists(fmt::format("/proc/{}", root))) throw failure{"the server has gone"};
    std::vector<pid_t> found{root};
    add_children(root, found);
    return found;
}

std::size_t open_files_of(pid_t root) {
    std::size_t sum = 0;
    for (auto const process : process_tree(root)) sum += count_files(process);
    return sum;
}

}  // namespace bench
