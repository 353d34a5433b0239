// OpenAI's Responses.
import { pieces, text } from "./openai.mjs";

export function turn(body) {
  const items = typeof body.input === "string" ? [{ role: "user", content: body.input }] : body.input;
  return {
    model: body.model,
    stream: body.stream === true,
    tools: (body.tools ?? []).flatMap((tool) => [tool.name, ...(tool.tools ?? []).map((inner) => inner.name)]),
    schema: body.text?.format?.schema,
    messages: items.map(message),
  };
}

function message(item) {
  switch (item.type ?? "message") {
    case "function_call_output":
    case "custom_tool_call_output":
      return { role: "user", text: "", results: [text(item.output)] };
    case "message":
      return { role: item.role, text: text(item.content), results: [] };
    default:
      return { role: "assistant", text: "", results: [] };
  }
}

function items({ thought, text, calls }) {
  const made = [];
  if (thought) made.push({ type: "reasoning", id: "rs_1", summary: [], encrypted_content: "sealed-by-openai" });
  if (text) {
    const content = [{ type: "output_text", text, annotations: [], logprobs: [] }];
    made.push({ type: "message", id: "msg_1", status: "completed", role: "assistant", content });
  }
  calls.forEach(({ name, arguments: given }, index) => {
    const call_id = `call_${index}_${Math.random().toString(36).slice(2)}`;
    made.push({ type: "function_call", id: `fc_${index}`, call_id, name, arguments: JSON.stringify(given), status: "completed" });
  });
  return made;
}

const response = (turn, status, output, usage = null) => ({
  id: "resp_1", object: "response", created_at: 1760000000, status, background: false, error: null,
  incomplete_details: null, instructions: null, max_output_tokens: null, model: turn.model, output,
  parallel_tool_calls: true, previous_response_id: null, reasoning: { effort: null, summary: null },
  store: false, temperature: 1, text: { format: { type: "text" } }, tool_choice: "auto", tools: [],
  top_p: 1, truncation: "disabled", metadata: {}, usage,
});

const USAGE = {
  input_tokens: 11, input_tokens_details: { cached_tokens: 0 },
  output_tokens: 7, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 18,
};

export const whole = (turn, answer) => response(turn, "completed", items(answer), USAGE);

export function events(turn, answer) {
  const told = [];
  const tell = (type, fields) => told.push({ type, sequence_number: told.length, ...fields });
  const output = items(answer);
  tell("response.created", { response: response(turn, "in_progress", []) });
  output.forEach((item, output_index) => {
    const begun = item.type === "message" ? { content: [] } : item.type === "function_call" ? { arguments: "" } : {};
    tell("response.output_item.added", { output_index, item: { ...item, ...begun, status: "in_progress" } });
    inner(item, output_index, tell);
    tell("response.output_item.done", { output_index, item });
  });
  tell("response.completed", { response: response(turn, "completed", output, USAGE) });
  return told.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

function inner(item, output_index, tell) {
  const at = { item_id: item.id, output_index };
  if (item.type === "message") {
    const here = { ...at, content_index: 0 };
    const [part] = item.content;
    tell("response.content_part.added", { ...here, part: { ...part, text: "" } });
    for (const delta of pieces(part.text)) tell("response.output_text.delta", { ...here, delta, logprobs: [] });
    tell("response.output_text.done", { ...here, text: part.text, logprobs: [] });
    tell("response.content_part.done", { ...here, part });
  }
  if (item.type === "function_call") {
    for (const delta of pieces(item.arguments)) tell("response.function_call_arguments.delta", { ...at, delta });
    tell("response.function_call_arguments.done", { ...at, arguments: item.arguments });
  }
}

export const failureEvent = () =>
  `event: error\ndata: ${JSON.stringify({ type: "error", sequence_number: 3, code: "server_error", message: "Something broke here.", param: null })}\n\n`;
