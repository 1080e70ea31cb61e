/** @file An empty project with the package of this checkout in it, as somebody else would have it. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

export interface Project {
  folder: string;
  /** Compiles these files, strictly and with no types of Node's, and throws with what the compiler says. */
  compile(files: Readonly<Record<string, string>>): Promise<void>;
  /** Runs a compiled file or a command of the package; resolves to what it printed. */
  node(file: string): Promise<string>;
  touchline(...args: string[]): Promise<string>;
  remove(): void;
}

const STRICT = {
  compilerOptions: { target: "ES2022", module: "NodeNext", strict: true, skipLibCheck: false, types: [] },
};

/** Packs the checkout and installs the tarball; dependencies come from npm's cache where it has them. */
export async function installPackage(): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-library-"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: ROOT });
  const tarball = /"filename": "([^"]+)"/.exec(stdout)?.[1] ?? "no tarball";
  write("package.json", JSON.stringify({ name: "somebody-elses", private: true, type: "module" }));
  write("tsconfig.json", JSON.stringify(STRICT));
  const quiet = ["--prefer-offline", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...quiet, join(folder, tarball)], { cwd: folder });
  return {
    folder,
    async compile(files) {
      for (const [name, text] of Object.entries(files)) write(name, text);
      const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
      await run(process.execPath, [tsc, "--project", folder]).catch((error: { stdout?: string }) => {
        throw new Error(error.stdout);
      });
    },
    node: async (file) => (await run(process.execPath, [file], { cwd: folder })).stdout,
    touchline: async (...args) => (await run("npx", ["touchline", ...args], { cwd: folder })).stdout,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The first line that the package's command prints which holds a URL, and the running command. */
export async function watch({ folder }: Project): Promise<{ url: string; command: ChildProcess }> {
  const bin = join("node_modules", "touchline", "bin", "touchline.js");
  const command = spawn(process.execPath, [bin, "watch", "--port", "0"], { cwd: folder });
  for await (const line of createInterface({ input: command.stdout })) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url !== undefined) return { url, command };
  }
  await once(command, "close");
  throw new Error("touchline watch ended without a URL");
}
