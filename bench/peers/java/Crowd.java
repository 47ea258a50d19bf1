import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
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

    private static BlockingQueue<Integer> newQueue() {
        return switch (System.getProperty("q", "abq")) {
            case "abq" -> new ArrayBlockingQueue<>(1);
            case "lbq" -> new java.util.concurrent.LinkedBlockingQueue<>(1);
            case "ltq" -> new java.util.concurrent.LinkedTransferQueue<>();
            default -> new SynchronousQueue<>();
        };
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

    /** Returns the answer to a command. */
    private String answer(String command) throws InterruptedException {
        var words = command.split(" ");
        var start = System.nanoTime();
        switch (words[0]) {
            case "gather" -> gather(Integer.parseInt(words[1]));
            case "wake" -> wake();
            case "pingpong" -> pingpong(Integer.parseInt(words[1]));
            case "scatter" -> scatter();
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
        return "done %.9f".formatted((System.nanoTime() - start) / 1e9);
    }

    /**
     * Waking must have been seen by the compiler before many threads wait: it would take for granted
     * that nobody ever returns from a wait, and have to correct that, slowly, in each of them.
     */
    private Void warmUp() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            gather(2000);
            for (int j = 0; j < 5; j++) wake();
            scatter();
            pingpong(2000);
        }
        return null;
    }

    public static void main(String[] arguments) throws Exception {
        var crowd = new Crowd();
        var warm = new FutureTask<>(crowd::warmUp);
        Thread.startVirtualThread(warm);
        warm.get();
        System.gc();
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null;) {
            var command = line;
            var answer = new FutureTask<>(() -> crowd.answer(command));
            Thread.startVirtualThread(answer);
            try { System.err.println(answer.get()); } catch (Exception e) { System.err.println("failed " + e.getCause()); }
        }
    }
}
