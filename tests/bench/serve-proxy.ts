/** @file haproxy as trainer/serve/haproxy.cfg has it, with other addresses, for as long as a bench needs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../serve/serving.ts";
import { freePort } from "../free-port.ts";

const CONFIG = new URL("../../trainer/serve/haproxy.cfg", import.meta.url);

export interface Proxy {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Before servers at these ports. One thread of its own, so that its price can be told. */
export async function startProxy(ports: readonly number[]): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-proxy-"));
  const [file, port] = [join(folder, "haproxy.cfg"), await freePort()];
  const lines = readFileSync(CONFIG, "utf8")
    .split("\n")
    .filter((line) => !/^\s+server /.test(line))
    .map((line) => line.replace(/^(\s+bind) .*/, `$1 127.0.0.1:${port}`));
  const servers = ports.map((own, i) => `  server s${i} 127.0.0.1:${own} check cookie s${i}`);
  writeFileSync(file, `${lines.join("\n").trimEnd()}\n${servers.join("\n")}\nglobal\n  nbthread 1\n`);
  const child = spawn("haproxy", ["-f", file], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (piece) => (said += String(piece)));
  const exited = once(child, "exit");
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await exited;
    rmSync(folder, { recursive: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    const answers = async (): Promise<boolean> =>
      (await fetch(`${url}/health`).catch(() => undefined))?.status === 200;
    await Promise.race([
      until(answers, "haproxy answers"),
      exited.then(() => Promise.reject(new Error(said))),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid!, stop };
}
