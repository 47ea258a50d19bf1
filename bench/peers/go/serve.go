// Server-Sent Events with net/http: each client is a handler's goroutine with a channel of its own.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
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

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	flusher := w.(http.Flusher)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	if _, err := w.Write(greeting); err != nil {
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
		select {
		case event := <-c.events:
			_, err = w.Write(event)
		case <-ticker.C:
			_, err = w.Write(heartbeat)
		case <-c.gone:
			return
		}
		// What has queued up meanwhile goes out with the same flush.
		for pending := len(c.events); pending > 0 && err == nil; pending-- {
			_, err = w.Write(<-c.events)
		}
		if err != nil {
			return
		}
		flusher.Flush()
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	h := &hub{clients: make(map[*client]struct{})}
	go func() { log.Fatal(http.Serve(listener, h)) }()
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
