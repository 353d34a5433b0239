// Gemini's shapes: generateContent, countTokens, embeddings, models. As the real one it wants to see
// the signature of a call again, and refuses a history without it.
import { MESSAGES } from "./faults.mjs";
import { pieces } from "./openai.mjs";

const SEAL = Buffer.from("sealed by gemini").toString("base64");
const SENTINELS = ["skip_thought_signature_validator", "context_engineering_is_the_way_to_go"];

export function turn(body, model, stream) {
  const config = body.generationConfig ?? {};
  return {
    model,
    stream,
    tools: (body.tools ?? []).flatMap((tool) => (tool.functionDeclarations ?? []).map(({ name }) => name)),
    schema: config.responseSchema ?? config.responseJsonSchema,
    messages: body.contents.map(message),
  };
}

function message({ role, parts }) {
  return {
    role: role === "model" ? "assistant" : "user",
    text: parts.filter((part) => part.text !== undefined && !part.thought).map((part) => part.text).join("\n"),
    results: parts.filter((part) => part.functionResponse).map((part) => said(part.functionResponse.response)),
  };
}

const said = (response) => response.output ?? response.result ?? response.content ?? JSON.stringify(response);

/** Why Gemini would refuse this conversation; undefined where it would not. */
export function objection(body) {
  for (const [index, { role, parts }] of body.contents.entries()) {
    if (parts.length === 0) return `* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.`;
    const calls = parts.filter((part) => part.functionCall);
    if (role !== "model" || calls.length === 0) continue;
    const seal = calls[0].thoughtSignature;
    if (seal !== SEAL && !SENTINELS.includes(seal)) {
      return `Function call is missing a thought_signature in functionCall parts. Position ${index}.`;
    }
    const answers = (body.contents[index + 1]?.parts ?? []).filter((part) => part.functionResponse);
    if (answers.length !== calls.length) {
      return "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.";
    }
  }
  return unknown(body.tools ?? []);
}

/** Fields of JSON Schema that `parameters` of Gemini's does not know. */
function unknown(tools) {
  for (const { functionDeclarations = [] } of tools) {
    for (const { parameters } of functionDeclarations) {
      const found = JSON.stringify(parameters ?? {}).match(/"(\$schema|additionalProperties|exclusiveMinimum|const|\$ref)":/);
      if (found) return `Invalid JSON payload received. Unknown name "${found[1]}" at 'tools[0].function_declarations[0].parameters': Cannot find field.`;
    }
  }
  return undefined;
}

const USAGE = { promptTokenCount: 11, candidatesTokenCount: 7, totalTokenCount: 18 };

function parts({ thought, text, calls }) {
  const made = [];
  if (thought) made.push({ text: thought, thought: true });
  for (const piece of pieces(text)) made.push({ text: piece });
  calls.forEach(({ name, arguments: args }, index) => {
    const call = { functionCall: { name, args } };
    made.push(index === 0 ? { ...call, thoughtSignature: SEAL } : call);
  });
  return made;
}

const candidate = (parts, finishReason) => ({
  content: { parts, role: "model" },
  ...(finishReason ? { finishReason } : {}),
  index: 0,
});

const answered = (turn, one, usage = USAGE) => ({
  candidates: [one],
  usageMetadata: usage,
  modelVersion: turn.model,
  responseId: "resp-1",
});

export function whole(turn, answer) {
  const text = answer.text ? [{ text: answer.text }] : [];
  return answered(turn, candidate([...parts({ ...answer, text: "" }), ...text], "STOP"));
}

export function events(turn, answer) {
  const all = parts(answer);
  return all.map((part, index) =>
    event(answered(turn, candidate([part], index === all.length - 1 ? "STOP" : undefined))),
  );
}

const event = (data) => `data: ${JSON.stringify(data)}\r\n\r\n`;

const STATUS = { 400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE" };

export function failure(status, message = MESSAGES[status]) {
  if (status === 401) {
    return { error: { code: 400, message: "API key not valid. Please pass a valid API key.", status: "INVALID_ARGUMENT",
      details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID", domain: "googleapis.com" }] } };
  }
  const details = status === 429
    ? { details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "30s" }] } : {};
  return { error: { code: status, message, status: STATUS[status], ...details } };
}

export const failureEvent = () => event(failure(503));

export const models = () => ({
  models: [{ name: "models/gemini-2.5-flash", displayName: "Gemini 2.5 Flash", inputTokenLimit: 1048576,
    outputTokenLimit: 65536, supportedGenerationMethods: ["generateContent", "countTokens"] }],
});

export const count = () => ({ totalTokens: 11 });
export const embedding = () => ({ embedding: { values: [0.25, -0.5, 1] } });
export const embeddings = (body) => ({ embeddings: body.requests.map(() => ({ values: [0.25, -0.5, 1] })) });
