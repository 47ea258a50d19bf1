// Fibers alone: links nothing but fibercast's `runtime`. Ends with status 0 when all have met.
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/worker_pool.hpp>

int main() {
    fibercast::worker_pool workers({.workers = 1});
    int sum = 0;
    workers[0].call([&] {
        fibercast::channel<int> numbers(2);
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        fibers.spawn([&] {
            for (int each = 1; each <= 10; ++each) numbers.push(each);
            numbers.close();
        });
        for (int each = 0; numbers.pop(each);) sum += each;
        fibers.join();
    });
    return sum == 55 ? 0 : 1;
}
