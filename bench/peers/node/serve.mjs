// Server-Sent Events with Node's http module: a set of responses, all in one process.
import http from "node:http";
import readline from "node:readline";

const backlog = 4096;
const heartbeatMilliseconds = 10_000;
const command = "broadcast ";

const greeting = event("Successfully connected");
const heartbeat = Buffer.from(": heartbeat\n\n");
const clients = new Set();

function event(text) {
    return Buffer.from(`data: ${text}\n\n`);
}

// Nobody misses anything: what a socket cannot take yet, its response keeps. All that is written in
// one turn of the event loop leaves with one system call for each client: Node sees to that.
function broadcast(bytes) {
    for (const client of clients) client.write(bytes);
}

const server = http.createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
    response.write(greeting);
    clients.add(response);
    response.on("close", () => clients.delete(response));
});

server.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
});
server.listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog }, () => {
    console.error(`listening on http://127.0.0.1:${server.address().port}`);
});
setInterval(() => broadcast(heartbeat), heartbeatMilliseconds);

readline
    .createInterface({ input: process.stdin })
    .on("line", (line) => {
        if (line.startsWith(command)) broadcast(event(line.slice(command.length)));
    })
    .on("close", () => process.exit());
