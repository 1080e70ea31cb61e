/**
 * @file How far serving goes: `npm run bench:serve:scale`. Sessions, steps and frames a second of one process, and of several
 * behind haproxy (apt install haproxy) as trainer/serve/haproxy.cfg has it; what each part spends on a step; and the cores
 * that a training asks for, by the formula of docs/SERVE.md. One JSON document, for Linux.
 * Options: `--processes N,N` (1,2,3), `--workers N` of each (1), `--sessions N` of each (32), `--seconds N` of each
 * measurement (8), `--turns N` (1), `--decisions N` a second of the training (2000).
 */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { metric, type Serving, startServing } from "../serve/serving.ts";
import { type Load, median, ownCpu, type Played, playLoad, type Spending } from "./serve-load.ts";
import { type Proxy, startProxy } from "./serve-proxy.ts";

const { values } = parseArgs({
  options: {
    processes: { type: "string", default: "1,2,3" },
    workers: { type: "string", default: "1" },
    sessions: { type: "string", default: "32" },
    seconds: { type: "string", default: "8" },
    turns: { type: "string", default: "1" },
    decisions: { type: "string", default: "2000" },
  },
});
const [workers, sessions, seconds, turns, decisions] = [
  values.workers,
  values.sessions,
  values.seconds,
  values.turns,
  values.decisions,
].map(Number) as [number, number, number, number, number];

const MATCH = { scenario: "11_vs_11_stochastic" };
const SMALL = { width: 224, height: 144 };
/** Five env steps a decision are half a second. */
const LOADS: Readonly<Record<string, Pick<Load, "protocol" | "setup">>> = {
  "a step, nothing seen": { protocol: "openenv", setup: { ...MATCH, decisionSteps: 1, see: [] } },
  "a step, 448 x 288": { protocol: "openenv", setup: { ...MATCH, decisionSteps: 1, see: ["frame"] } },
  "5 steps, 448 x 288": { protocol: "openenv", setup: { ...MATCH, decisionSteps: 5, see: ["frame"] } },
  "5 steps, 224 x 144": {
    protocol: "openenv",
    setup: { ...MATCH, decisionSteps: 5, see: ["frame"], frame: SMALL },
  },
  "5 steps, 448 x 288, VAGEN": { protocol: "vagen", setup: { ...MATCH, decisionSteps: 5, see: ["frame"] } },
};

/** Of all cores, so much may be asked for: the rest is for the moments when many decide at once. */
const UTILISATION = 0.7;

interface Measured {
  processes: number;
  behind: "haproxy" | "nothing";
  load: string;
  sessions: number;
  stepsPerSecond: number;
  framesPerSecond: number;
  /** Milliseconds of processors' time a step: of all servers, of their main threads alone, of the proxy, of the load. */
  spent: Record<string, number>;
  /** How the sessions were shared out. */
  sessionsOfEach: number[];
  /** Of all servers together, after the load. */
  megabytes: number;
}

/** Seconds that a process, or one thread of it, has had the processor (proc(5): user and system time, in ticks of 10 ms). */
function cpuOf(pid: number, thread?: number): number {
  const path = thread === undefined ? `/proc/${pid}/stat` : `/proc/${pid}/task/${thread}/stat`;
  const fields = readFileSync(path, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function measure(
  name: string,
  servers: readonly Serving[],
  proxy: Proxy | undefined,
): Promise<Measured> {
  const total = (of: (pid: number) => number): number => servers.reduce((sum, { pid }) => sum + of(pid), 0);
  let shared: number[] = [];
  // The sessions are counted while they play.
  const spending: Spending = async () => {
    shared = await Promise.all(servers.map(({ url }) => metric(url, "sessions")));
    return {
      servers: total((pid) => cpuOf(pid)),
      mainThreads: total((pid) => cpuOf(pid, pid)),
      ...(proxy && { proxy: cpuOf(proxy.pid) }),
      client: ownCpu(),
    };
  };
  const load = { ...LOADS[name]!, sessions: sessions * servers.length, seconds };
  const played: Played[] = [];
  for (let turn = 0; turn < turns; turn++) {
    played.push(await playLoad(proxy?.url ?? servers[0]!.url, load, spending));
  }
  const resident = await Promise.all(servers.map(({ url }) => metric(url, "resident_bytes")));
  const rate = Math.round(median(played.map((one) => one.rate)));
  const names = Object.keys(played[0]!.spent);
  return {
    processes: servers.length,
    behind: proxy ? "haproxy" : "nothing",
    load: name,
    sessions: load.sessions,
    stepsPerSecond: rate,
    framesPerSecond: (load.setup["see"] as string[]).length > 0 ? rate : 0,
    spent: Object.fromEntries(names.map((who) => [who, median(played.map(({ spent }) => spent[who]!))])),
    sessionsOfEach: shared,
    megabytes: Math.round(resident.reduce((sum, bytes) => sum + bytes, 0) / 1e6),
  };
}

async function measureAll(processes: number, isDirect: boolean): Promise<Measured[]> {
  const words = ["--workers", String(workers), "--capacity", String(4 * sessions)];
  const servers = await Promise.all(Array.from({ length: processes }, () => startServing(words)));
  const proxy = isDirect ? undefined : await startProxy(servers.map(({ port }) => port));
  const found: Measured[] = [];
  try {
    for (const name of Object.keys(LOADS)) {
      found.push(await measure(name, servers, proxy));
      const { stepsPerSecond, spent } = found.at(-1)!;
      console.error(`${processes}${isDirect ? ", no proxy" : ""}: ${name}: ${stepsPerSecond}/s`, spent);
    }
  } finally {
    await proxy?.stop();
    await Promise.all(servers.map((server) => server.stop()));
  }
  return found;
}

/** What `decisions` a second ask for, from what one process behind the proxy spent. */
function askedFor({ load, spent: { servers = 0, mainThreads = 0, proxy = 0 } }: Measured) {
  return {
    load,
    cores: coresFor(servers + proxy),
    // One main thread has to pass on all that its process plays.
    processes: coresFor(mainThreads),
    proxyThreads: coresFor(proxy),
  };
}

function coresFor(milliseconds: number): number {
  return Math.max(1, Math.ceil((decisions * milliseconds) / 1000 / UTILISATION));
}

const measured = await measureAll(1, true);
for (const processes of values.processes.split(",").map(Number)) {
  measured.push(...(await measureAll(processes, false)));
}
const alone = measured.filter(({ processes, behind }) => processes === 1 && behind === "haproxy");
const document = {
  bench: "serve-scale",
  node: process.version,
  cores: availableParallelism(),
  workers,
  seconds,
  turns,
  scenario: MATCH.scenario,
  measured,
  asked: { decisionsPerSecond: decisions, utilisation: UTILISATION, for: alone.map(askedFor) },
};
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
