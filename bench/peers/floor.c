/* The floor: the least work with which one thread can broadcast Server-Sent Events.
 *
 * epoll, non-blocking sockets, one shared frame, send() in a loop over all clients. There are no
 * per-client queues: everything broadcast goes into one shared log, and a client is nothing but
 * its position in it. Whoever is up to date is sent exactly the newest frame; whoever had a full
 * socket is sent the rest when it drains. Clients are indexed by their file descriptor.
 *
 * With --gather, all frames whose lines came in one read() are sent with one send(): no more is
 * needed to be far ahead in bursts.
 *
 * No timeouts, no heartbeat, no routes, no limits: this measures the kernel, do not deploy it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_EVENTS = 512, INPUT_SIZE = 1 << 20 };

/* A position is the number of log bytes a client was sent; what is left are states. */
static const uint64_t ABSENT = UINT64_MAX;
static const uint64_t IN_REQUEST = UINT64_MAX - 4; /* + how much of "\r\n\r\n" was seen, 0..3 */

static uint64_t* position; /* by file descriptor */
static int highest_fd;
static int behind; /* clients whose socket was full */

static char* log_bytes;
static size_t log_capacity;
static uint64_t log_begin, log_end; /* positions of the bytes held */

static int epoll_fd, listen_fd;
static int gather;

static const char GREETING[] =
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: text/event-stream\r\n"
    "Cache-Control: no-cache, no-store, no-transform\r\n"
    "X-Accel-Buffering: no\r\n"
    "Transfer-Encoding: chunked\r\n"
    "\r\n"
    "1e\r\ndata: Successfully connected\n\n\r\n";

static void die(const char* what) {
    perror(what);
    exit(1);
}

static void watch(int fd, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    /* A regular file or /dev/null as stdin cannot be watched: then there is nothing to read. */
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0 && errno != EPERM) die("epoll_ctl");
}

static void drop(int fd) {
    position[fd] = ABSENT;
    close(fd);
}

/* Returns whether the client is still there. */
static int send_rest(int fd) {
    while (position[fd] < log_end) {
        ssize_t sent =
            send(fd, log_bytes + (position[fd] - log_begin), log_end - position[fd], MSG_NOSIGNAL);
        if (sent < 0) return errno == EAGAIN; /* then EPOLLOUT will tell */
        position[fd] += (uint64_t)sent;
    }
    return 1;
}

static void catch_up(int fd) {
    if (position[fd] == log_end) return;
    if (!send_rest(fd)) {
        drop(fd);
        behind--;
    } else if (position[fd] == log_end) {
        behind--;
    }
}

static char* log_room(size_t size) {
    size_t used = log_end - log_begin;
    if (used + size > log_capacity) {
        log_capacity = 2 * (used + size);
        log_bytes = realloc(log_bytes, log_capacity);
        if (!log_bytes) die("realloc");
    }
    return log_bytes + used;
}

static void append_frame(const char* text, size_t size) {
    char* frame = log_room(size + 64);
    size_t event_size = size + strlen("data: \n\n");
    log_end += (uint64_t)sprintf(frame, "%zx\r\ndata: %.*s\n\n\r\n", event_size, (int)size, text);
}

/* What the log has from there on, to all who have exactly what was before. */
static void send_all(uint64_t from) {
    if (from == log_end) return;
    for (int fd = 0; fd <= highest_fd; fd++) {
        if (position[fd] != from) continue; /* absent, in its request, or waits for EPOLLOUT */
        if (!send_rest(fd))
            drop(fd);
        else if (position[fd] != log_end)
            behind++;
    }
    if (behind == 0) log_begin = log_end; /* nobody needs it any more */
}

static void accept_clients(void) {
    int fd;
    while ((fd = accept4(listen_fd, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        position[fd] = IN_REQUEST;
        if (fd > highest_fd) highest_fd = fd;
        /* Edge-triggered, once for all: EPOLLOUT fires only after a send() found no room. */
        watch(fd, EPOLLIN | EPOLLOUT | EPOLLET);
    }
    if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR) die("accept4");
}

static void greet(int fd) {
    ssize_t const size = sizeof GREETING - 1;
    if (send(fd, GREETING, (size_t)size, MSG_NOSIGNAL) != size)
        drop(fd);
    else
        position[fd] = log_end;
}

static void read_client(int fd) {
    static char buffer[16384];
    static const char end_of_head[] = "\r\n\r\n";
    for (;;) {
        ssize_t received = recv(fd, buffer, sizeof buffer, 0);
        if (received < 0 && errno == EAGAIN) return;
        if (received <= 0) {
            if (position[fd] < IN_REQUEST && position[fd] != log_end) behind--;
            drop(fd);
            return;
        }
        for (ssize_t i = 0; i < received && position[fd] >= IN_REQUEST; i++) {
            uint64_t seen = position[fd] - IN_REQUEST;
            if (buffer[i] == end_of_head[seen])
                seen++;
            else
                seen = buffer[i] == '\r';
            if (seen < 4)
                position[fd] = IN_REQUEST + seen;
            else
                greet(fd);
            if (position[fd] == ABSENT) return;
        }
        if (received < (ssize_t)sizeof buffer) return;
    }
}

static void read_commands(void) {
    static char input[INPUT_SIZE];
    static size_t held;
    static const char command[] = "broadcast ";
    size_t const command_size = sizeof command - 1;
    ssize_t received = read(STDIN_FILENO, input + held, sizeof input - held);
    if (received <= 0) exit(0); /* the driver is gone, or sent a line beyond all reason */
    held += (size_t)received;
    char *line = input, *newline;
    uint64_t const before = log_end;
    while ((newline = memchr(line, '\n', held - (size_t)(line - input)))) {
        size_t const size = (size_t)(newline - line);
        if (size > command_size && memcmp(line, command, command_size) == 0) {
            uint64_t const from = log_end;
            append_frame(line + command_size, size - command_size);
            if (!gather) send_all(from);
        }
        line = newline + 1;
    }
    if (gather) send_all(before);
    held -= (size_t)(line - input);
    memmove(input, line, held);
}

static void prepare_clients(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    position = malloc(limit.rlim_cur * sizeof *position);
    if (!position) die("malloc");
    for (rlim_t fd = 0; fd < limit.rlim_cur; fd++) position[fd] = ABSENT;
}

static void listen_on(int port) {
    int const on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listen_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    /* Accepted sockets inherit it: otherwise a burst would wait for acknowledgements. */
    setsockopt(listen_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(listen_fd, (struct sockaddr*)&address, size) != 0) die("bind");
    if (listen(listen_fd, SOMAXCONN) != 0) die("listen");
    getsockname(listen_fd, (struct sockaddr*)&address, &size);
    fprintf(stderr, "listening on http://127.0.0.1:%d (floor, 1 thread)\n",
            ntohs(address.sin_port));
}

int main(int argc, char** argv) {
    prepare_clients();
    epoll_fd = epoll_create1(0);
    gather = argc == 4 && strcmp(argv[3], "--gather") == 0;
    listen_on(argc >= 3 && strcmp(argv[1], "--port") == 0 ? atoi(argv[2]) : 0);
    watch(listen_fd, EPOLLIN);
    watch(STDIN_FILENO, EPOLLIN);
    for (;;) {
        struct epoll_event events[MAX_EVENTS];
        int const count = epoll_wait(epoll_fd, events, MAX_EVENTS, -1);
        for (int i = 0; i < count; i++) {
            int const fd = events[i].data.fd;
            if (fd == listen_fd)
                accept_clients();
            else if (fd == STDIN_FILENO)
                read_commands();
            else if (position[fd] == ABSENT)
                continue; /* dropped by an earlier event here */
            else if (events[i].events & ~(uint32_t)EPOLLOUT)
                read_client(fd);
            /* read_client may have dropped it; a fresh client is up to date anyway */
            if (fd != listen_fd && fd != STDIN_FILENO && position[fd] < IN_REQUEST) catch_up(fd);
        }
    }
}
