// Claude Code, as a person would start it with `-p`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, run } from "./program.mjs";

export const name = "Claude Code 2.1.329";

/** What makes it count tokens, many times at once. */
export const counts = { words: "/context", path: /\/count_tokens/ };

/** Says what Claude Code printed when it was asked this. */
export async function ask(gateway, key, model, words) {
  const home = await mkdtemp(join(tmpdir(), "conformance-claude-"));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    IS_SANDBOX: "1",
    ANTHROPIC_BASE_URL: `${gateway}/api/compat`,
    ANTHROPIC_AUTH_TOKEN: key,
    ANTHROPIC_MODEL: model,
    ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
    DISABLE_TELEMETRY: "1",
  };
  const command = program("@anthropic-ai/claude-code", "claude");
  try {
    return await run(command, ["-p", "--dangerously-skip-permissions", words], { cwd: home, env });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

export const call = (command) => `CALL Bash ${JSON.stringify({ command, description: "A check" })}`;
