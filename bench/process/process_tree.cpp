#include "process/process_tree.hpp"

#include "process/failure.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace bench {
namespace {

namespace fs = std::filesystem;

// Each thread lists the children that it has made. A thread or a child may end while we look: then
// it is not there any more, and that is all.
void add_children(pid_t parent, std::vector<pid_t>& found) {
    std::error_code gone;
    fs::directory_iterator thread{fmt::format("/proc/{}/task", parent), gone};
    for (; !gone && thread != fs::directory_iterator{}; thread.increment(gone)) {
        std::ifstream children{thread->path() / "children"};
        for (pid_t child = 0; children >> child;) {
            found.push_back(child);
            add_children(child, found);
        }
    }
}

std::size_t count_files(pid_t process) {
    auto const folder = fmt::format("/proc/{}/fd", process);
    struct stat about {};
    // Since Linux 6.2 their number is the folder's size: much quicker than to list them.
    if (::stat(folder.c_str(), &about) == 0 && about.st_size > 0)
        return static_cast<std::size_t>(about.st_size);
    std::error_code gone;
    std::size_t count = 0;
    fs::directory_iterator file{folder, gone};
    for (; !gone && file != fs::directory_iterator{}; file.increment(gone)) ++count;
    return count;
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
