// Starts One Balance in a folder of its own, with its providers led to a pretended upstream.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const AUTH_KEY = "conformance-gateway-key";
export const PROGRAM = process.env.ONE_BALANCE ?? new URL("../one-balance", import.meta.url).pathname;

/** Starts it; `keys` are provider keys by provider, in the order they are tried. */
export async function startGateway(upstream, keys) {
  const folder = await mkdtemp(join(tmpdir(), "one-balance-conformance-"));
  const port = await freePort();
  await writeFile(join(folder, "one-balance.yaml"), settings(upstream));
  const child = spawn(PROGRAM, ["serve"], {
    cwd: folder,
    detached: true,
    env: { ...process.env, PORT: String(port), HOST: "127.0.0.1", DATA_DIR: join(folder, "data"), AUTH_KEY },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  for (const out of [child.stdout, child.stderr]) out.on("data", (text) => log.push(String(text)));
  const ended = new Promise((done) => child.on("exit", done));
  const url = `http://127.0.0.1:${port}`;
  const close = async () => {
    if (child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(url, child, log);
    for (const [provider, list] of Object.entries(keys)) await add(url, provider, list);
  } catch (failed) {
    await close();
    throw failed;
  }
  return { url, log, folder, close };
}

/** Besides the three real names, providers whose keys are all dead: `dead-openai` and so on. */
function settings(upstream) {
  return `
providers:
  openai: {base-url: '${upstream}/openai/v1'}
  anthropic: {base-url: '${upstream}/anthropic'}
  google-ai-studio: {base-url: '${upstream}/gemini'}
  dead-openai: {base-url: '${upstream}/openai/v1', dialect: openai}
  dead-anthropic: {base-url: '${upstream}/anthropic', dialect: anthropic, auth: 'header:x-api-key', version: v1}
  dead-google-ai-studio: {base-url: '${upstream}/gemini', dialect: gemini, auth: 'header:x-goog-api-key', version: v1beta}
models:
  claude-*haiku*: google-ai-studio/gemini-2.5-flash
timeout: {wait-ms: 0}
drain-ms: 1000
`;
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function ready(url, child, log) {
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) throw new Error(`One Balance ended:\n${log.join("")}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error(`One Balance is not ready:\n${log.join("")}`);
}

async function add(url, provider, keys) {
  const answer = await fetch(`${url}/api/keys/add/${provider}`, {
    method: "POST",
    headers: { authorization: `Bearer ${AUTH_KEY}`, "content-type": "text/plain" },
    body: keys.join(","),
  });
  if (!answer.ok) throw new Error(`keys of ${provider}: ${answer.status} ${await answer.text()}`);
}
