import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Server-Sent Events with blocking code, in the design that fibercast carries over: each client is
 * a virtual thread with a queue of its own, and a second one that puts heartbeats into it.
 *
 * <p>The little HTTP that this takes is written by hand on a SocketChannel, which costs less for
 * each client than Socket and its streams.
 */
final class Serve {
    private static final int BACKLOG = 4096;
    private static final int QUEUE_SIZE = 16;
    private static final int LONGEST_HEAD = 2048;
    private static final Duration HEARTBEAT_TIME = Duration.ofSeconds(10);
    private static final String COMMAND = "broadcast ";

    private static final String HEAD = """
        HTTP/1.1 200 OK\r
        Content-Type: text/event-stream\r
        Cache-Control: no-cache\r
        Transfer-Encoding: chunked\r
        \r
        """;
    private static final String NOT_FOUND = """
        HTTP/1.1 404 Not Found\r
        Content-Length: 0\r
        Connection: close\r
        \r
        """;
    private static final ByteBuffer GREETING = bytes(HEAD + event("Successfully connected"));
    private static final ByteBuffer HEARTBEAT = bytes(chunk(": heartbeat\n\n"));

    private final Set<BlockingQueue<ByteBuffer>> clients = ConcurrentHashMap.newKeySet();

    public static void main(String[] arguments) throws Exception {
        var address = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        var listener = ServerSocketChannel.open().bind(address, BACKLOG);
        var server = new Serve();
        Thread.startVirtualThread(() -> server.accept(listener));
        System.err.println("listening on http:/" + listener.getLocalAddress());

        // Broadcasting is left to a virtual thread: it fills queues and wakes their readers without
        // a switch of kernel threads for each, which this thread, the main one, could not avoid.
        var outbox = new ArrayBlockingQueue<ByteBuffer>(QUEUE_SIZE);
        Thread.startVirtualThread(() -> server.broadcastAll(outbox));
        var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line; (line = lines.readLine()) != null;) {
            if (!line.startsWith(COMMAND)) continue;
            outbox.put(bytes(event(line.substring(COMMAND.length()))));
        }
    }

    private void accept(ServerSocketChannel listener) {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.startVirtualThread(() -> handle(socket));
            }
        } catch (IOException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void handle(SocketChannel socket) {
        try (socket) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (readHead(socket).startsWith("GET / ")) stream(socket);
            else socket.write(bytes(NOT_FOUND));
        } catch (IOException | InterruptedException e) {
            // the client has left
        }
    }

    private void stream(SocketChannel socket) throws IOException, InterruptedException {
        var queue = new ArrayBlockingQueue<ByteBuffer>(QUEUE_SIZE);
        queue.add(GREETING);
        clients.add(queue);
        var heartbeat = Thread.startVirtualThread(() -> beat(queue));
        try {
            while (true) writeNext(socket, queue);
        } finally {
            heartbeat.interrupt();
            clients.remove(queue);
            queue.clear();  // in this order: the broadcaster may wait for room, once
        }
    }

    private static void writeNext(SocketChannel socket, BlockingQueue<ByteBuffer> queue)
            throws IOException, InterruptedException {
        var event = queue.take().duplicate();  // the bytes are shared, the position is not
        if (queue.isEmpty()) {
            while (event.hasRemaining()) socket.write(event);  // a virtual thread's may be partial
            return;
        }
        // What has queued up meanwhile goes out with the same write.
        var pending = new ArrayList<ByteBuffer>(QUEUE_SIZE);
        pending.add(event);
        queue.drainTo(pending);
        pending.replaceAll(ByteBuffer::duplicate);
        var buffers = pending.toArray(ByteBuffer[]::new);
        while (pending.getLast().hasRemaining()) socket.write(buffers);
    }

    /** Waits for every client whose queue is full, so that nobody misses anything. */
    private void broadcastAll(BlockingQueue<ByteBuffer> outbox) {
        try {
            while (true) {
                var event = outbox.take();
                for (var queue : clients) queue.put(event);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A queue that is full keeps its client busy enough. */
    private static void beat(BlockingQueue<ByteBuffer> queue) {
        try {
            while (true) {
                Thread.sleep(HEARTBEAT_TIME);
                queue.offer(HEARTBEAT);
            }
        } catch (InterruptedException e) {
            // the client has left
        }
    }

    private static String readHead(SocketChannel socket) throws IOException {
        var buffer = ByteBuffer.allocate(LONGEST_HEAD);
        while (true) {
            if (socket.read(buffer) <= 0) throw new EOFException();
            var head = new String(buffer.array(), 0, buffer.position(), UTF_8);
            if (head.endsWith("\r\n\r\n")) return head;
        }
    }

    private static String event(String text) {
        return chunk("data: " + text + "\n\n");
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    /** In direct memory, from where it is sent without another copy. */
    private static ByteBuffer bytes(String text) {
        var encoded = text.getBytes(UTF_8);
        return ByteBuffer.allocateDirect(encoded.length).put(encoded).flip();
    }
}
