// Google's client for JavaScript.
import assert from "node:assert/strict";
import { ApiError, GoogleGenAI } from "@google/genai";
import { CITY, LOOKUP, ROUND_TRIP, SAID, collect } from "./common.mjs";

export const name = "@google/genai 3.1.0";

export const open = (gateway, apiKey) =>
  new GoogleGenAI({ apiKey, httpOptions: { baseUrl: `${gateway}/api/compat`, retryOptions: { attempts: 1 } } });

const ask = (client, model, config) => client.models.generateContent({ model, contents: "hi", config });
const declared = { tools: [{ functionDeclarations: [{ ...LOOKUP.named, parametersJsonSchema: LOOKUP.schema }] }] };

export const checks = {
  async chat(client, model) {
    const answer = await ask(client, model);
    assert.equal(answer.text, SAID);
    assert.equal(answer.candidates[0].finishReason, "STOP");
    assert.equal(answer.usageMetadata.totalTokenCount, 18);
  },

  async stream(client, model) {
    const chunks = await collect(await client.models.generateContentStream({ model, contents: "hi" }));
    assert.equal(chunks.map(({ text }) => text ?? "").join(""), SAID);
    assert.equal(chunks.at(-1).candidates[0].finishReason, "STOP");
    assert.equal(chunks.at(-1).usageMetadata.totalTokenCount, 18);
  },

  async tools(client, model) {
    for (const stream of [false, true]) {
      const contents = [{ role: "user", parts: [{ text: ROUND_TRIP.words }] }];
      const parts = await turn(client, { model, contents, config: declared }, stream);
      const calls = parts.filter((part) => part.functionCall).map((part) => part.functionCall);
      assert.deepEqual(calls.map(({ args }) => args), ROUND_TRIP.asked);
      const results = calls.map(({ id, name }, index) => ({
        functionResponse: { id, name, response: { output: ROUND_TRIP.results[index] } },
      }));
      const after = [...contents, { role: "model", parts }, { role: "user", parts: results }];
      const end = await turn(client, { model, contents: after, config: declared }, stream);
      assert.equal(end.map(({ text }) => text ?? "").join(""), ROUND_TRIP.end);
    }
  },

  async json(client, model) {
    const config = { responseMimeType: "application/json", responseJsonSchema: CITY.schema };
    assert.deepEqual(JSON.parse((await ask(client, model, config)).text), CITY.value);
  },

  async count(client, model) {
    const { totalTokens } = await client.models.countTokens({ model, contents: "hi" });
    assert(totalTokens > 0);
  },

  async embed(client, model, family) {
    const asked = client.models.embedContent({ model, contents: ["one", "two"] });
    if (family === "anthropic") {
      await assert.rejects(asked, { status: 400 });
      return;
    }
    assert.deepEqual((await asked).embeddings.map(({ values }) => values), [[0.25, -0.5, 1], [0.25, -0.5, 1]]);
  },

  async models(client, _model, family) {
    const names = (await collect(await client.models.list())).map(({ name }) => name);
    assert(names.some((known) => known.includes(`${family}/`)), `no model of ${family} among ${names}`);
  },
};

async function turn(client, asked, stream) {
  if (!stream) return (await client.models.generateContent(asked)).candidates[0].content.parts;
  const chunks = await collect(await client.models.generateContentStream(asked));
  return chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
}

/** One class for all; the status tells. */
export const errors = {
  ask: (client, model) => ask(client, model),
  stream: async (client, model) => collect(await client.models.generateContentStream({ model, contents: "hi" })),
  kinds: { 400: ApiError, 401: ApiError, 404: ApiError, 429: ApiError, 500: ApiError },
  inStream: Error,
  kept: () => "not told",
};
