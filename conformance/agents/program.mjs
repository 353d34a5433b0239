// Finds and runs programs that npm installed, without their Node wrappers.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { PROGRAM } from "../gateway.mjs";

const MODULES = join(import.meta.dirname, "node_modules");

/** The native program of a package, which stands in a package of its own for each platform. */
export function program(pkg, file) {
  const [scope, short] = pkg.split("/");
  const home = join(MODULES, scope, `${short}-${process.platform}-${process.arch}`);
  const found = files(home).find((path) => [file, `${file}.exe`].includes(basename(path)));
  if (!found) throw new Error(`there is no ${file} in ${home}`);
  return found;
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? dirname(entry.path), entry.name));
}

/** Runs it until it ends, at most two minutes, and says what it printed. */
export function run(command, line, { cwd, env }) {
  return new Promise((done, failed) => {
    const child = spawn(command, line, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: 120_000 });
    const told = { out: "", err: "" };
    child.stdout.on("data", (text) => (told.out += text));
    child.stderr.on("data", (text) => (told.err += text));
    child.on("error", failed);
    child.on("close", (code, signal) => done({ ...told, code: code ?? signal }));
  });
}

/** A home that `one-balance connect CLIENT --write` prepared, as long as the action takes. */
export async function connected(client, { gateway, key, model }, action) {
  const home = await mkdtemp(join(tmpdir(), `conformance-${client}-`));
  try {
    const line = ["connect", client, "--write", "--url", gateway, "--model", model];
    const env = { ...process.env, HOME: home, AUTH_KEY: key };
    const told = await run(PROGRAM, line, { cwd: home, env });
    assert.equal(told.code, 0, told.out + told.err);
    return await action(home);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
