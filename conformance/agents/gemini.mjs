// Gemini CLI, as a person would start it with `-p`.
import { join } from "node:path";
import { connected, run } from "./program.mjs";

export const name = "Gemini CLI 0.61.0";

/**
 * Whether a cut stream may end its turn. It asks again after ECONNRESET, but not after an end in the middle,
 * and the SDK in it does not know error events; so it gives up, with Gemini itself as well.
 */
export const givesUpOnCuts = true;

const BUNDLE = join(import.meta.dirname, "node_modules", "@google", "gemini-cli", "bundle", "gemini.js");

/** Says what Gemini CLI printed when it was asked this. */
export function ask(gateway, key, model, words) {
  return connected("gemini", { gateway, key, model }, (home) => {
    const line = [BUNDLE, "--skip-trust", "--yolo", "-p", words];
    return run(process.execPath, line, { cwd: home, env: { PATH: process.env.PATH, HOME: home } });
  });
}

export const call = (command) => `CALL run_shell_command ${JSON.stringify({ command, description: "A check" })}`;
