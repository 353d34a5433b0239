// OpenAI's client for JavaScript.
import assert from "node:assert/strict";
import OpenAI from "openai";
import { CITY, LOOKUP, ROUND_TRIP, SAID, collect } from "./common.mjs";

export const name = "openai 7.55.0";

export const open = (gateway, apiKey) => new OpenAI({ baseURL: `${gateway}/v1`, apiKey, maxRetries: 0 });

const tools = [{ type: "function", function: { ...LOOKUP.named, parameters: LOOKUP.schema } }];
const said = (words) => [{ role: "user", content: words }];
const chat = (client, model, rest = {}) => client.chat.completions.create({ model, messages: said("hi"), ...rest });

export const checks = {
  async chat(client, model) {
    const answer = await chat(client, model);
    assert.equal(answer.choices[0].message.content, SAID);
    assert.equal(answer.choices[0].finish_reason, "stop");
    assert.equal(answer.usage.total_tokens, 18);
  },

  async stream(client, model) {
    const chunks = await collect(await chat(client, model, { stream: true, stream_options: { include_usage: true } }));
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join(""), SAID);
    assert.deepEqual(chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean), ["stop"]);
    assert.equal(chunks.at(-1).usage.total_tokens, 18);
  },

  async tools(client, model) {
    for (const stream of [false, true]) {
      const messages = said(ROUND_TRIP.words);
      const { message, finish_reason } = await turn(client, { model, messages, tools }, stream);
      assert.equal(finish_reason, "tool_calls");
      assert.deepEqual(message.tool_calls.map((call) => JSON.parse(call.function.arguments)), ROUND_TRIP.asked);
      const results = message.tool_calls.map((call, index) => ({
        role: "tool", tool_call_id: call.id, content: ROUND_TRIP.results[index],
      }));
      const end = await turn(client, { model, messages: [...messages, message, ...results.toReversed()], tools }, stream);
      assert.equal(end.message.content, ROUND_TRIP.end);
    }
  },

  async json(client, model) {
    const response_format = { type: "json_schema", json_schema: { name: "city", strict: true, schema: CITY.schema } };
    const answer = await chat(client, model, { response_format });
    assert.deepEqual(JSON.parse(answer.choices[0].message.content), CITY.value);
  },

  async responses(client, model) {
    const answer = await client.responses.create({ model, input: "hi" });
    assert.equal(answer.output_text, SAID);
    const stream = client.responses.stream({ model, input: "hi" });
    assert.equal((await stream.finalResponse()).output_text, SAID);
    await callByResponses(client, model);
  },

  async embed(client, model, family) {
    const input = ["one", "two"];
    if (family === "anthropic") {
      await assert.rejects(client.embeddings.create({ model, input }), OpenAI.BadRequestError);
      return;
    }
    for (const encoding_format of [undefined, "float"]) {
      const answer = await client.embeddings.create({ model, input, encoding_format });
      assert.deepEqual(answer.data.map(({ embedding }) => [...embedding]), [[0.25, -0.5, 1], [0.25, -0.5, 1]]);
    }
  },

  async models(client, _model, family) {
    const ids = (await collect(await client.models.list())).map(({ id }) => id);
    assert(ids.some((id) => id.startsWith(`${family}/`)), `no model of ${family} among ${ids}`);
  },
};

async function turn(client, asked, stream) {
  if (!stream) return (await client.chat.completions.create(asked)).choices[0];
  return (await client.chat.completions.stream(asked).finalChatCompletion()).choices[0];
}

async function callByResponses(client, model) {
  const tools = [{ type: "function", ...LOOKUP.named, parameters: LOOKUP.schema, strict: false }];
  const input = said(ROUND_TRIP.words);
  const asked = await client.responses.create({ model, input, tools });
  const calls = asked.output.filter(({ type }) => type === "function_call");
  assert.deepEqual(calls.map((call) => JSON.parse(call.arguments)), ROUND_TRIP.asked);
  const results = calls.map(({ call_id }, index) => ({
    type: "function_call_output", call_id, output: ROUND_TRIP.results[index],
  }));
  const end = await client.responses.create({ model, input: [...input, ...asked.output, ...results], tools });
  assert.equal(end.output_text, ROUND_TRIP.end);
}

/** How this client tells what went wrong. */
export const errors = {
  ask: (client, model) => chat(client, model),
  stream: async (client, model) => collect(await chat(client, model, { stream: true })),
  kinds: {
    400: OpenAI.BadRequestError, 401: OpenAI.AuthenticationError, 404: OpenAI.NotFoundError,
    429: OpenAI.RateLimitError, 500: OpenAI.InternalServerError,
  },
  inStream: OpenAI.APIError,
  kept: (error) => error.headers?.get("retry-after"),
};
