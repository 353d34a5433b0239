// Stands between a client and One Balance, and keeps what was asked and with which status answered.
import { createServer, request as ask } from "node:http";

export async function startWiretap(target) {
  const heard = [];
  const server = createServer((request, response) => {
    const entry = { method: request.method, path: request.url };
    heard.push(entry);
    const { hostname, port } = new URL(target);
    const onward = ask({ hostname, port, path: request.url, method: request.method, headers: request.headers });
    onward.on("response", (answer) => {
      entry.status = answer.statusCode;
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, heard, close };
}
