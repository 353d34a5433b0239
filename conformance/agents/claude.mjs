// Claude Code, as a person would start it with `-p`.
import { connected, program, run } from "./program.mjs";

export const name = "Claude Code 2.1.329";

/** What makes it count tokens, many times at once. */
export const counts = { words: "/context", path: /\/count_tokens/ };

/** Says what Claude Code printed when it was asked this. */
export function ask(gateway, key, model, words) {
  return connected("claude", { gateway, key, model }, (home) => {
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      IS_SANDBOX: "1",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      DISABLE_AUTOUPDATER: "1",
      DISABLE_TELEMETRY: "1",
    };
    const command = program("@anthropic-ai/claude-code", "claude");
    return run(command, ["-p", "--dangerously-skip-permissions", words], { cwd: home, env });
  });
}

export const call = (command) => `CALL Bash ${JSON.stringify({ command, description: "A check" })}`;
