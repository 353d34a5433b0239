// Codex, as a person would start it with `exec`.
import { connected, program, run } from "./program.mjs";

export const name = "Codex 0.169.0";

/** Says what Codex printed when it was asked this. */
export function ask(gateway, key, model, words) {
  return connected("codex", { gateway, key, model }, (home) => {
    const env = { PATH: process.env.PATH, HOME: home, AUTH_KEY: key };
    const command = program("@openai/codex", "codex");
    const line = ["exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", words];
    return run(command, line, { cwd: home, env });
  });
}

export const call = (cmd) => `CALL exec_command ${JSON.stringify({ cmd })}`;
