// Server-Sent Events with Node's http module: a set of responses, all in one process. Each is
// behind a compressor of its own, if its client asks for it.
import http from "node:http";
import readline from "node:readline";
import zlib from "node:zlib";

const backlog = 4096;
const heartbeatMilliseconds = 10_000;
const command = "broadcast ";

const greeting = event("Successfully connected");
const heartbeat = Buffer.from(": heartbeat\n\n");
const clients = new Set();
const compressed = new Set();
let delivered = 0;

function event(text) {
    return Buffer.from(`data: ${text}\n\n`);
}

// Nobody misses anything: what a socket cannot take yet, its response keeps. All that is written in
// one turn of the event loop leaves with one system call for each client: Node sees to that.
function broadcast(bytes) {
    for (const client of clients) client.write(bytes);
    for (const compressor of compressed) compressor.write(bytes);
}

function publish(bytes) {
    for (const client of clients) client.write(bytes);
    delivered += clients.size;
    for (const compressor of compressed) compressor.write(bytes, countDelivery);
}

// The compressor is through with it, and what came of it is the response's.
function countDelivery(error) {
    if (!error) delivered += 1;
}

// Each write is flushed, so that it can be decoded at once. What brotli has by default, quality 11
// and a window of 4 MiB, is meant for what is compressed once.
function compressorFor(accepted) {
    const { constants } = zlib;
    if (/\bbr\b/.test(accepted))
        return zlib.createBrotliCompress({
            flush: constants.BROTLI_OPERATION_FLUSH,
            params: {
                [constants.BROTLI_PARAM_QUALITY]: 5,
                [constants.BROTLI_PARAM_LGWIN]: 18,
            },
        });
    return /\bgzip\b/.test(accepted)
        ? zlib.createGzip({ flush: constants.Z_SYNC_FLUSH })
        : undefined;
}

function serveStream(request, response) {
    const headers = {
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-cache",
        Vary: "Accept-Encoding",
    };
    const accepted = request.headers["accept-encoding"] ?? "";
    const compressor = compressorFor(accepted);
    const all = compressor ? compressed : clients;
    const body = compressor ?? response;
    if (compressor) {
        headers["Content-Encoding"] = /\bbr\b/.test(accepted) ? "br" : "gzip";
        compressor.pipe(response);
    }
    response.writeHead(200, headers);
    body.write(greeting);
    all.add(body);
    response.on("close", () => {
        all.delete(body);
        compressor?.destroy();
    });
}

const server = http.createServer((request, response) => {
    if (request.url === "/metrics") response.end(`deliveries_total ${delivered}\n`);
    else serveStream(request, response);
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
        if (line.startsWith(command)) publish(event(line.slice(command.length)));
    })
    .on("close", () => process.exit());
