// A server that pretends to be OpenAI, Anthropic and Gemini, and keeps what it was asked.
import { createServer } from "node:http";
import { answer } from "./brain.mjs";
import { casting, goes, refusal } from "./faults.mjs";
import * as anthropic from "./anthropic.mjs";
import * as gemini from "./gemini.mjs";
import * as openai from "./openai.mjs";
import * as responses from "./responses.mjs";

/** Starts it on a free port of 127.0.0.1. `seen` holds the requests in the order they came. */
export async function startUpstream() {
  const seen = [];
  const models = new Set();
  const cast = casting();
  const server = createServer((request, response) => {
    serve({ seen, models, cast }, request, response).catch((broken) => {
      seen.push({ status: 500, broken: String(broken.stack) });
      response.destroy();
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    seen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function serve({ seen, models, cast }, request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url, "http://upstream");
  const asked = {
    method: request.method,
    path: url.pathname,
    query: url.search,
    headers: request.headers,
    key: cast(keyOf(request.headers)),
    body: text ? JSON.parse(text) : undefined,
    isFirst: (model) => !models.has(model) && models.add(model).has(model),
  };
  seen.push(asked);
  const told = reply(asked);
  asked.status = told.status;
  if (told.events) await stream(told, response);
  else {
    response.writeHead(told.status, { "content-type": "application/json", ...told.headers });
    response.end(JSON.stringify(told.body));
  }
}

const keyOf = (headers) =>
  headers["x-goog-api-key"] ?? headers["x-api-key"] ?? (headers.authorization ?? "").replace(/^Bearer /, "");

/** Events one by one; a broken stream ends the connection after some of them. */
async function stream({ events, broken }, response) {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of events) {
    await new Promise((written) => response.write(event, written));
  }
  if (broken) response.destroy();
  else response.end();
}

function reply(asked) {
  const [, family] = asked.path.split("/");
  const path = asked.path.slice(family.length + 1);
  const dialect = DIALECTS[family];
  const found = dialect?.find(([method, pattern]) => method === asked.method && pattern.test(path));
  if (!found) return { status: 404, body: (SHAPES[family] ?? openai).failure(404) };
  const [, pattern, handle] = found;
  return handle(asked, pattern.exec(path));
}

/** A conversation in a dialect: refused, told as a stream, or whole. */
function converse(shape, asked, turn, failure) {
  const status = refusal(turn.model, asked.key);
  if (status !== undefined) return refused(failure, status);
  const said = answer(turn);
  if (!turn.stream) return { status: 200, body: shape.whole(turn, said) };
  const all = shape.events(turn, said);
  const begun = all.slice(0, 3);
  const first = asked.isFirst(turn.model);
  if (goes("broken", turn.model, first)) return { status: 200, events: begun, broken: true };
  if (goes("failing", turn.model, first)) return { status: 200, events: [...begun, shape.failureEvent()] };
  return { status: 200, events: all };
}

function refused(failure, status) {
  const body = failure(status);
  const real = body.error.code === 400 ? 400 : status;
  return { status: real, body, headers: status === 429 ? { "retry-after": "30" } : {} };
}

/** A call that is no conversation: refused by its key, or answered. */
const plain = (failure, body) => (asked) => {
  const status = refusal(asked.body?.model ?? "", asked.key);
  return status === undefined ? { status: 200, body: body(asked.body) } : refused(failure, status);
};

function generate(asked, [, model, verb]) {
  const wrong = gemini.objection(asked.body);
  if (wrong) return { status: 400, body: gemini.failure(400, wrong) };
  const turn = gemini.turn(asked.body, model, verb === "streamGenerateContent");
  return converse(gemini, asked, turn, gemini.failure);
}

const SHAPES = { openai, anthropic, gemini };

const DIALECTS = {
  openai: [
    ["POST", /^\/v1\/chat\/completions$/, (asked) => converse(openai, asked, openai.turn(asked.body), openai.failure)],
    ["POST", /^\/v1\/responses$/, (asked) => converse(responses, asked, responses.turn(asked.body), openai.failure)],
    ["POST", /^\/v1\/embeddings$/, plain(openai.failure, openai.embeddings)],
    ["GET", /^\/v1\/models$/, plain(openai.failure, openai.models)],
  ],
  anthropic: [
    ["POST", /^\/v1\/messages$/, (asked) => converse(anthropic, asked, anthropic.turn(asked.body), anthropic.failure)],
    ["POST", /^\/v1\/messages\/count_tokens$/, plain(anthropic.failure, anthropic.count)],
    ["GET", /^\/v1\/models$/, plain(anthropic.failure, anthropic.models)],
  ],
  gemini: [
    ["POST", /^\/v1(?:beta)?\/models\/([^/]+):(generateContent|streamGenerateContent)$/, generate],
    ["POST", /^\/v1(?:beta)?\/models\/([^/]+):countTokens$/, plain(gemini.failure, gemini.count)],
    ["POST", /^\/v1(?:beta)?\/models\/([^/]+):embedContent$/, plain(gemini.failure, gemini.embedding)],
    ["POST", /^\/v1(?:beta)?\/models\/([^/]+):batchEmbedContents$/, plain(gemini.failure, gemini.embeddings)],
    ["GET", /^\/v1(?:beta)?\/models$/, plain(gemini.failure, gemini.models)],
  ],
};
