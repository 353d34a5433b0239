// Anthropic's client for JavaScript; both majors in use, which sign in differently.
import assert from "node:assert/strict";
import { CITY, LOOKUP, ROUND_TRIP, SAID, collect } from "./common.mjs";

/** The checks of one major. */
export function client(name, Anthropic) {
  return {
    name,
    open: (gateway, apiKey) => new Anthropic({ baseURL: `${gateway}/api/compat`, apiKey, maxRetries: 0 }),
    checks,
    errors: {
      ask,
      stream: async (client, model) => collect(await ask(client, model, { stream: true })),
      kinds: {
        400: Anthropic.BadRequestError, 401: Anthropic.AuthenticationError, 404: Anthropic.NotFoundError,
        429: Anthropic.RateLimitError, 500: Anthropic.InternalServerError,
      },
      inStream: Anthropic.APIError,
      kept: (error) => error.headers?.get("retry-after"),
    },
  };
}

const said = (content) => [{ role: "user", content }];
const ask = (client, model, rest = {}) =>
  client.messages.create({ model, max_tokens: 99, messages: said("hi"), ...rest });
const tools = [{ ...LOOKUP.named, input_schema: LOOKUP.schema }];
const textOf = ({ content }) => content.filter(({ type }) => type === "text").map(({ text }) => text).join("");

const checks = {
  async chat(client, model) {
    const answer = await ask(client, model);
    assert.equal(textOf(answer), SAID);
    assert.equal(answer.stop_reason, "end_turn");
    assert.deepEqual([answer.usage.input_tokens, answer.usage.output_tokens], [11, 7]);
  },

  async stream(client, model) {
    const answer = await client.messages.stream({ model, max_tokens: 99, messages: said("hi") }).finalMessage();
    assert.equal(textOf(answer), SAID);
    assert.equal(answer.stop_reason, "end_turn");
    assert.equal(answer.usage.output_tokens, 7);
  },

  async thinking(client, model) {
    const asked = { model, max_tokens: 4096, thinking: { type: "enabled", budget_tokens: 2048 }, messages: said("THINK") };
    const answer = await client.messages.stream(asked).finalMessage();
    assert.equal(textOf(answer), "You said: THINK");
    const again = { ...asked, messages: [...asked.messages, { role: "assistant", content: answer.content }, ...said("hi")] };
    assert.equal(textOf(await client.messages.create(again)), SAID);
  },

  async tools(client, model) {
    for (const stream of [false, true]) {
      const messages = said(ROUND_TRIP.words);
      const answer = await turn(client, { model, max_tokens: 99, messages, tools }, stream);
      assert.equal(answer.stop_reason, "tool_use");
      const calls = answer.content.filter(({ type }) => type === "tool_use");
      assert.deepEqual(calls.map(({ input }) => input), ROUND_TRIP.asked);
      const results = calls.map(({ id }, index) => ({
        type: "tool_result", tool_use_id: id, content: ROUND_TRIP.results[index],
      }));
      const after = [...messages, { role: "assistant", content: answer.content }, ...said(results)];
      const end = await turn(client, { model, max_tokens: 99, messages: after, tools }, stream);
      assert.equal(textOf(end), ROUND_TRIP.end);
    }
  },

  async json(client, model) {
    const output_config = { format: { type: "json_schema", schema: CITY.schema } };
    assert.deepEqual(JSON.parse(textOf(await ask(client, model, { output_config }))), CITY.value);
  },

  async count(client, model) {
    const counted = await client.messages.countTokens({ model, messages: said("hi") });
    assert(counted.input_tokens > 0, JSON.stringify(counted));
  },

  async models(client, _model, family) {
    const ids = (await collect(await client.models.list())).map(({ id }) => id);
    assert(ids.some((id) => id.startsWith(`${family}/`)), `no model of ${family} among ${ids}`);
  },
};

const turn = (client, asked, stream) =>
  stream ? client.messages.stream(asked).finalMessage() : client.messages.create(asked);
