// Agents that talk with a tool through One Balance, as people use them. Of every provider's keys
// the first that is asked is dead and the second has no requests left; the agent hears nothing of
// either. `one-balance connect` sets the agents up.
import assert from "node:assert/strict";
import * as claude from "./agents/claude.mjs";
import * as codex from "./agents/codex.mjs";
import * as gemini from "./agents/gemini.mjs";
import { AUTH_KEY, startGateway } from "./gateway.mjs";
import { table } from "./table.mjs";
import { startUpstream } from "./upstream/server.mjs";
import { startWiretap } from "./wiretap.mjs";

const FAMILIES = { "google-ai-studio": "gemini-2.5-pro", openai: "gpt-5", anthropic: "claude-sonnet-5-5" };
const KEYS = (family) => [1, 2, 3, 4].map((n) => `any-${family}-${n}`);
const keys = Object.fromEntries(Object.keys(FAMILIES).map((family) => [family, KEYS(family)]));

/** An agent, and what it talks with. */
async function stage(agent) {
  const upstream = await startUpstream();
  const gateway = await startGateway(upstream.url, keys);
  const wiretap = await startWiretap(gateway.url);
  const close = async () => {
    wiretap.close();
    await gateway.close();
    upstream.close();
  };
  return { agent, upstream, wiretap, close };
}

/** Asks, and fails with the whole story where the agent did not end well or said something else. */
async function hear({ agent, upstream, wiretap }, model, words, ...expected) {
  const [from, since] = [upstream.seen.length, wiretap.heard.length];
  const told = await agent.ask(wiretap.url, AUTH_KEY, model, words);
  const asked = upstream.seen.slice(from);
  const heard = wiretap.heard.slice(since);
  const story = [
    ...heard.map(({ method, path, status }) => `heard: ${method} ${path} ${status}`),
    ...asked.map(({ path, key, status, broken }) => `asked: ${broken ?? `${path} ${key} ${status}`}`),
  ].join("\n");
  assert.equal(told.code, 0, `ended with ${told.code}\n${story}\n${told.out}${told.err}`);
  for (const text of expected) assert(told.out.includes(text), `no "${text}"\n${story}\n${told.out}`);
  const refused = heard.filter(({ status }) => status !== 200);
  assert.deepEqual(refused, [], story);
  return { asked, heard };
}

/** The columns of one agent and family; the first finds the keys as they were added. */
function scenes(stage, family) {
  const { agent } = stage;
  const model = `${family}/${FAMILIES[family]}`;
  const one = agent.call("printf hello%d 42");
  const two = agent.call("printf second%d 49");
  const all = [
    ["tool", async () => {
      const { asked } = await hear(stage, model, one, "hello42");
      for (const part of ["dead", "limited", "good"]) {
        assert(asked.some(({ key }) => key?.startsWith(`${part}-any-${family}-`)), `no ${part} key was asked`);
      }
    }],
    ["two tools", () => hear(stage, model, `${one}\n${two}`, "hello42", "second49")],
    ["thinking", () => hear(stage, model, "THINK", "You said:")],
    ["cut", () => cut(stage, `${family}/broken-once`, one, "hello42")],
    ["error event", () => hear(stage, `${family}/failing-once`, "hello there", "You said:")],
  ];
  return agent.counts ? [...all, ["counts", () => counts(stage, model)]] : all;
}

/** A cut stream is asked for again, or else the agent says that it failed; it is never taken for whole. */
async function cut(stage, model, words, expected) {
  if (!stage.agent.givesUpOnCuts) return hear(stage, model, words, expected);
  const told = await stage.agent.ask(stage.wiretap.url, AUTH_KEY, model, words);
  assert(told.code !== 0 || told.out.includes(expected), `a cut answer passed for whole\n${told.out}${told.err}`);
}

async function counts(stage, model) {
  const { heard } = await hear(stage, model, stage.agent.counts.words);
  assert(heard.some(({ path }) => stage.agent.counts.path.test(path)), "nothing was counted");
}

const stages = [];
try {
  for (const agent of [claude, codex, gemini]) stages.push(await stage(agent));
  const rows = stages.flatMap((stage) =>
    Object.keys(FAMILIES).map((family) => [`${stage.agent.name} → ${family}`, scenes(stage, family)]),
  );
  process.exitCode = (await table(rows)) ? 0 : 1;
} finally {
  for (const stage of stages) await stage.close();
}
