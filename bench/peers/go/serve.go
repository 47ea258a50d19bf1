// Server-Sent Events with net/http: each client is a handler's goroutine with a channel of its own,
// and, if it asks for it, with a gzip.Writer of its own.
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	queueSize     = 16
	command       = "broadcast "
	longestLine   = 1 << 20
	heartbeatTime = 10 * time.Second
)

var (
	greeting  = encode("Successfully connected")
	heartbeat = []byte(": heartbeat\n\n")
)

func encode(text string) []byte { return []byte("data: " + text + "\n\n") }

var delivered atomic.Uint64

type client struct {
	events chan []byte
	gone   <-chan struct{}
}

type hub struct {
	mu      sync.Mutex
	clients map[*client]struct{}
}

func (h *hub) join(c *client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clients[c] = struct{}{}
}

func (h *hub) leave(c *client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, c)
}

// broadcast waits for a client whose queue is full, so that nobody misses anything.
func (h *hub) broadcast(event []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.clients {
		select {
		case c.events <- event:
		case <-c.gone:
		}
	}
}

// flushed ends each write so that what was written can be decoded.
type flushed struct{ *gzip.Writer }

func (f flushed) Write(event []byte) (int, error) {
	n, err := f.Writer.Write(event)
	if err == nil {
		err = f.Flush()
	}
	return n, err
}

// body is what the events are written to: compressed if the client takes that, at ?level=N.
func body(w http.ResponseWriter, r *http.Request) io.Writer {
	w.Header().Set("Vary", "Accept-Encoding")
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return w
	}
	level, err := strconv.Atoi(r.URL.Query().Get("level"))
	if err != nil {
		level = gzip.DefaultCompression
	}
	compressor, err := gzip.NewWriterLevel(w, level)
	if err != nil {
		log.Fatal(err)
	}
	w.Header().Set("Content-Encoding", "gzip")
	return flushed{compressor}
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	flusher := w.(http.Flusher)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	out := body(w, r)
	if _, err := out.Write(greeting); err != nil {
		return
	}

	c := &client{make(chan []byte, queueSize), r.Context().Done()}
	h.join(c)
	defer h.leave(c)
	flusher.Flush() // only now: who has read the greeting gets every later event

	ticker := time.NewTicker(heartbeatTime)
	defer ticker.Stop()
	for {
		var err error
		var written uint64
		select {
		case event := <-c.events:
			_, err = out.Write(event)
			written++
		case <-ticker.C:
			_, err = out.Write(heartbeat)
		case <-c.gone:
			return
		}
		// What has queued up meanwhile goes out with the same flush.
		for pending := len(c.events); pending > 0 && err == nil; pending-- {
			_, err = out.Write(<-c.events)
			written++
		}
		if err != nil {
			return
		}
		flusher.Flush()
		delivered.Add(written)
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	h := &hub{clients: make(map[*client]struct{})}
	http.Handle("/", h)
	http.HandleFunc("/metrics", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "deliveries_total %d\n", delivered.Load())
	})
	go func() { log.Fatal(http.Serve(listener, nil)) }()
	fmt.Fprintf(os.Stderr, "listening on http://%v\n", listener.Addr())

	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		if line := lines.Text(); strings.HasPrefix(line, command) {
			h.broadcast(encode(line[len(command):]))
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}
