import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Virtual threads without sockets: each waits at a queue of its own. */
final class Crowd {
    private static final int ITEM = 1;
    private static final int END = 0;

    private final List<BlockingQueue<Integer>> queues = new ArrayList<>();
    private final AtomicInteger woken = new AtomicInteger();
    private final Semaphore all = new Semaphore(0);  // released when the last has got its item
    private CountDownLatch ended;

    /**
     * The smallest of the JDK's queues: it holds nothing, and hands over to who waits at it. Slower
     * here, and larger by a lock and two conditions each, would be ArrayBlockingQueue(1).
     */
    private static BlockingQueue<Integer> newQueue() {
        return new SynchronousQueue<>();
    }

    private void gather(int count) throws InterruptedException {
        var begun = new CountDownLatch(count);
        ended = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            var queue = newQueue();
            queues.add(queue);
            Thread.startVirtualThread(() -> {
                begun.countDown();
                receive(queue);
                ended.countDown();
            });
        }
        begun.await();
    }

    private void receive(BlockingQueue<Integer> queue) {
        try {
            for (int item; (item = queue.take()) != END;) {
                // One counter for all: it costs a few nanoseconds, and it is the proof.
                if (woken.addAndGet(item) == queues.size()) all.release();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void wake() throws InterruptedException {
        if (queues.isEmpty()) return;
        woken.set(0);
        for (var queue : queues) queue.put(ITEM);
        all.acquire();
    }

    private void scatter() throws InterruptedException {
        if (queues.isEmpty()) return;
        for (var queue : queues) queue.put(END);
        ended.await();
        queues.clear();
    }

    private static void pingpong(int rounds) throws InterruptedException {
        var ping = newQueue();
        var pong = newQueue();
        Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < rounds; i++) pong.put(ping.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int i = 0; i < rounds; i++) {
            ping.put(ITEM);
            pong.take();
        }
    }

    /**
     * The compiler must have seen threads woken before many wait: it would take for granted that
     * nobody ever returns from a wait, and have to correct that, slowly, in each of them.
     */
    private void warmUp() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            gather(2000);
            for (int j = 0; j < 5; j++) wake();
            scatter();
            pingpong(2000);
        }
        System.gc();  // the garbage of this is nobody's memory
    }

    private void run(String command) throws InterruptedException {
        var words = command.split(" ");
        if (words[0].equals("gather") && queues.isEmpty()) gather(Integer.parseInt(words[1]));
        else if (words[0].equals("pingpong")) pingpong(Integer.parseInt(words[1]));
        else if (command.equals("wake")) wake();
        else if (command.equals("scatter")) scatter();
        else throw new IllegalArgumentException("cannot do '" + command + "' now");
    }

    private String answer(String command) {
        try {
            var start = System.nanoTime();
            run(command);
            return String.format(Locale.ROOT, "done %.9f", (System.nanoTime() - start) / 1e9);
        } catch (Exception e) {
            return "failed " + e;
        }
    }

    public static void main(String[] arguments) throws Exception {
        var crowd = new Crowd();
        var lines = new BufferedReader(new InputStreamReader(System.in));
        // Commands run on a virtual thread too: it wakes others without a switch of kernel threads.
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.submit(() -> {
                crowd.warmUp();
                return null;
            }).get();
            for (String line; (line = lines.readLine()) != null;) {
                var command = line;
                System.err.println(executor.submit(() -> crowd.answer(command)).get());
            }
        }
    }
}
