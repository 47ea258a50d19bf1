import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Virtual threads without sockets: each waits at a queue of its own. There is one crowd for each
 * core, so that on several of them no single thread, and no single counter, has to do with all.
 */
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

    /** All are woken and ended in random order from now on, the same in every run. */
    private void shuffle() {
        Collections.shuffle(queues, new Random(1));
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

    private void run(String[] words, int share) throws InterruptedException {
        switch (words[0]) {
            case "gather" -> gather(share);
            case "wake" -> wake();
            case "shuffle" -> shuffle();
            case "scatter" -> scatter();
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        }
    }

    /** The same in all crowds at once, each having its share; two are enough to play. */
    private static void run(List<Crowd> crowds, String command) throws Exception {
        var words = command.split(" ");
        int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        if (words[0].equals("pingpong")) {
            pingpong(number);
            return;
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new ArrayList<Future<?>>();
            for (int i = 0; i < crowds.size(); i++) {
                var crowd = crowds.get(i);
                int share = number / crowds.size() + (i < number % crowds.size() ? 1 : 0);
                ends.add(executor.submit(() -> {
                    crowd.run(words, share);
                    return null;
                }));
            }
            for (var end : ends) end.get();
        }
    }

    private static String answer(List<Crowd> crowds, String command) {
        try {
            var start = System.nanoTime();
            run(crowds, command);
            return String.format(Locale.ROOT, "done %.9f", (System.nanoTime() - start) / 1e9);
        } catch (Exception e) {
            return "failed " + e;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        var crowds = Stream.generate(Crowd::new).limit(cores).toList();
        var lines = new BufferedReader(new InputStreamReader(System.in));
        // Commands run on a virtual thread too: it wakes others without a switch of kernel threads.
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.submit(() -> {
                crowds.get(0).warmUp();
                return null;
            }).get();
            for (String line; (line = lines.readLine()) != null;) {
                var command = line;
                System.err.println(executor.submit(() -> answer(crowds, command)).get());
            }
        }
    }
}
