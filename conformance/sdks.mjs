// The official clients, each against each family of providers.
import Anthropic from "@anthropic-ai/sdk";
import Anthropic0 from "anthropic-0";
import * as anthropic from "./clients/anthropic.mjs";
import { failures } from "./clients/errors.mjs";
import * as google from "./clients/google.mjs";
import * as openai from "./clients/openai.mjs";
import { AUTH_KEY, startGateway } from "./gateway.mjs";
import { table } from "./table.mjs";
import { startUpstream } from "./upstream/server.mjs";

const FAMILIES = { "google-ai-studio": "gemini-2.5-flash", anthropic: "claude-sonnet-5-5", openai: "gpt-5" };

const CLIENTS = [
  openai,
  anthropic.client("@anthropic-ai/sdk 1.11.0", Anthropic),
  anthropic.client("@anthropic-ai/sdk 0.137.0", Anthropic0),
  google,
];

const KEYS = Object.fromEntries(
  Object.keys(FAMILIES).flatMap((family) => [
    [family, [`good-${family}-key-1`, `good-${family}-key-2`]],
    [`dead-${family}`, [`dead-${family}-key-1`]],
  ]),
);

function row(gateway, { name, open, checks, errors }, family) {
  const client = open(gateway.url, AUTH_KEY);
  const model = `${family}/${FAMILIES[family]}`;
  const asked = Object.entries(checks).map(([column, check]) => [column, () => check(client, model, family)]);
  const failed = Object.entries(failures).map(([column, check]) => [
    column,
    () => check(errors, client, family, (key) => open(gateway.url, key)),
  ]);
  return [`${name} → ${family}`, [...asked, ...failed]];
}

const upstream = await startUpstream();
const gateway = await startGateway(upstream.url, KEYS);
try {
  const rows = CLIENTS.flatMap((client) => Object.keys(FAMILIES).map((family) => row(gateway, client, family)));
  process.exitCode = (await table(rows)) ? 0 : 1;
} finally {
  await gateway.close();
  upstream.close();
}
