// Finds and runs programs that npm installed, without their Node wrappers.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

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
