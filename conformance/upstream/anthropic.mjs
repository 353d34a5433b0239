// Anthropic's shapes: messages, token counts, models.
import { MESSAGES } from "./faults.mjs";
import { pieces, text } from "./openai.mjs";

export function turn(body) {
  return {
    model: body.model,
    stream: body.stream === true,
    tools: (body.tools ?? []).map((tool) => tool.name),
    schema: body.output_config?.format?.schema ?? body.output_format?.schema,
    messages: body.messages.map(message),
  };
}

function message({ role, content }) {
  const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content;
  return {
    role,
    text: text(blocks.filter((block) => block.type === "text")),
    results: blocks.filter((block) => block.type === "tool_result").map((block) => text(block.content)),
  };
}

const USAGE = { input_tokens: 11, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 7 };

function blocks({ thought, text, calls }) {
  const made = [];
  if (thought) made.push({ type: "thinking", thinking: thought, signature: "sealed-by-anthropic" });
  if (text) made.push({ type: "text", text });
  for (const { name, arguments: input } of calls) {
    made.push({ type: "tool_use", id: `toolu_${Math.random().toString(36).slice(2)}`, name, input });
  }
  return made;
}

const stop = ({ calls }) => (calls.length > 0 ? "tool_use" : "end_turn");

export const whole = (turn, answer) => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: turn.model,
  content: blocks(answer),
  stop_reason: stop(answer),
  stop_sequence: null,
  usage: USAGE,
});

export function events(turn, answer) {
  const told = [{ type: "message_start", message: { ...whole(turn, answer), content: [], stop_reason: null } }];
  blocks(answer).forEach((block, index) => {
    told.push({ type: "content_block_start", index, content_block: opened(block) });
    for (const delta of deltas(block)) told.push({ type: "content_block_delta", index, delta });
    told.push({ type: "content_block_stop", index });
  });
  told.push({ type: "message_delta", delta: { stop_reason: stop(answer), stop_sequence: null }, usage: { output_tokens: 7 } });
  told.push({ type: "message_stop" });
  return told.map(event);
}

function opened(block) {
  switch (block.type) {
    case "text":
      return { ...block, text: "" };
    case "thinking":
      return { ...block, thinking: "", signature: "" };
    default:
      return { ...block, input: {} };
  }
}

function deltas(block) {
  switch (block.type) {
    case "text":
      return pieces(block.text).map((text) => ({ type: "text_delta", text }));
    case "thinking":
      return [
        ...pieces(block.thinking).map((thinking) => ({ type: "thinking_delta", thinking })),
        { type: "signature_delta", signature: block.signature },
      ];
    default:
      return pieces(JSON.stringify(block.input)).map((partial_json) => ({ type: "input_json_delta", partial_json }));
  }
}

const event = (data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;

const KINDS = {
  400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error",
  500: "api_error", 503: "overloaded_error",
};

export const failure = (status) => ({ type: "error", error: { type: KINDS[status], message: MESSAGES[status] } });
export const failureEvent = () => event(failure(503));

export const models = () => ({
  data: [{ type: "model", id: "claude-sonnet-5-5", display_name: "Claude Sonnet 5.5", created_at: "2026-01-01T00:00:00Z" }],
  has_more: false,
  first_id: "claude-sonnet-5-5",
  last_id: "claude-sonnet-5-5",
});

export const count = () => ({ input_tokens: 11 });
