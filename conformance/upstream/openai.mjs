// OpenAI's shapes: chat completions, embeddings, models. Responses are in responses.mjs.
import { MESSAGES } from "./faults.mjs";

export const text = (content) =>
  typeof content === "string"
    ? content
    : (content ?? []).map((part) => part.text ?? part.refusal ?? "").join("\n");

export function turn(body) {
  return {
    model: body.model,
    stream: body.stream === true,
    usage: body.stream_options?.include_usage === true,
    tools: (body.tools ?? []).map((tool) => tool.function?.name),
    schema: body.response_format?.json_schema?.schema,
    messages: inOrder(body.messages).map((message) => ({
      role: message.role === "tool" ? "user" : message.role,
      text: message.role === "tool" ? "" : text(message.content),
      results: message.role === "tool" ? [text(message.content)] : [],
    })),
  };
}

/** Results may come in any order; here they are put in that of the calls. */
function inOrder(messages) {
  const calls = messages.flatMap((message) => message.tool_calls ?? []).map(({ id }) => id);
  const results = messages.filter(({ role }) => role === "tool");
  results.sort((one, other) => calls.indexOf(one.tool_call_id) - calls.indexOf(other.tool_call_id));
  return messages.map((message) => (message.role === "tool" ? results.shift() : message));
}

const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };

function message({ text, calls }) {
  const said = { role: "assistant", content: text || null, refusal: null };
  return calls.length === 0 ? said : { ...said, tool_calls: calls.map(call) };
}

const call = ({ name, arguments: given }, index) => ({
  id: `call_${index}_${Math.random().toString(36).slice(2)}`,
  type: "function",
  function: { name, arguments: JSON.stringify(given) },
});

const finish = ({ calls }) => (calls.length > 0 ? "tool_calls" : "stop");

export const whole = (turn, answer) => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1760000000,
  model: turn.model,
  choices: [{ index: 0, message: message(answer), logprobs: null, finish_reason: finish(answer) }],
  usage: USAGE,
});

export function events(turn, answer) {
  const chunk = (delta, finish_reason = null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1760000000,
    model: turn.model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  });
  const chunks = [chunk({ role: "assistant", content: "" })];
  for (const piece of pieces(answer.text)) chunks.push(chunk({ content: piece }));
  answer.calls.map(call).forEach((made, index) => {
    chunks.push(chunk({ tool_calls: [{ ...made, index, function: { ...made.function, arguments: "" } }] }));
    for (const piece of pieces(made.function.arguments)) {
      chunks.push(chunk({ tool_calls: [{ index, function: { arguments: piece } }] }));
    }
  });
  chunks.push(chunk({}, finish(answer)));
  if (turn.usage) chunks.push({ ...chunk({}), choices: [], usage: USAGE });
  return [...chunks.map((data) => `data: ${JSON.stringify(data)}\n\n`), "data: [DONE]\n\n"];
}

/** A text in pieces, as models tell it. */
export const pieces = (text) => text.match(/.{1,9}/gsu) ?? [];

const KINDS = { 401: "invalid_request_error", 404: "invalid_request_error", 429: "requests", 500: "server_error" };
const CODES = { 401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded" };

export const failure = (status) => ({
  error: {
    message: MESSAGES[status],
    type: KINDS[status] ?? "invalid_request_error",
    param: null,
    code: CODES[status] ?? null,
  },
});

export const failureEvent = () => `data: ${JSON.stringify(failure(500))}\n\n`;

export const models = () => ({
  object: "list",
  data: [{ id: "gpt-5", object: "model", created: 1760000000, owned_by: "openai" }],
});

export function embeddings(body) {
  const inputs = Array.isArray(body.input) ? body.input : [body.input];
  const floats = new Float32Array([0.25, -0.5, 1]);
  const vector =
    body.encoding_format === "base64" ? Buffer.from(floats.buffer).toString("base64") : [...floats];
  return {
    object: "list",
    data: inputs.map((_, index) => ({ object: "embedding", index, embedding: vector })),
    model: body.model,
    usage: { prompt_tokens: 3, total_tokens: 3 },
  };
}
