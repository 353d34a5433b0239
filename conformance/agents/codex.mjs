// Codex, as a person would start it with `exec`.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, run } from "./program.mjs";

export const name = "Codex 0.169.0";

/** Says what Codex printed when it was asked this. */
export async function ask(gateway, key, model, words) {
  const home = await mkdtemp(join(tmpdir(), "conformance-codex-"));
  await mkdir(join(home, ".codex"));
  await writeFile(
    join(home, ".codex", "config.toml"),
    `model = "${model}"
model_provider = "one-balance"

[model_providers.one-balance]
name = "One Balance"
base_url = "${gateway}/v1"
env_key = "AUTH_KEY"
wire_api = "responses"
`,
  );
  const env = { PATH: process.env.PATH, HOME: home, AUTH_KEY: key };
  const command = program("@openai/codex", "codex");
  const line = ["exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", words];
  try {
    return await run(command, line, { cwd: home, env });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

export const call = (cmd) => `CALL exec_command ${JSON.stringify({ cmd })}`;
