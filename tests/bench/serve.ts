/**
 * @file What a served env costs: `npm run bench:serve`. 32 connections on 11_vs_11_stochastic against the same envs in
 * this process, in turns, without frames and with PNG frames; and what a frame is made of. One JSON document.
 * Options: `--seconds N` of each measurement (10), `--turns N` (3), `--connections N` (32), `--workers N` (one a core).
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { encodePng } from "../../agent/frame/index.ts";
import { makeEnv, seenBy } from "../../env/football/index.ts";
import { makePainter } from "../../env/frame/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { makeVectorEnv } from "../../trainer/vector/index.ts";
import { metric, startServing } from "../serve/serving.ts";
import { median, ownCpu, playLoad } from "./serve-load.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    turns: { type: "string", default: "3" },
    connections: { type: "string", default: "32" },
    workers: { type: "string", default: String(availableParallelism()) },
  },
});
const [seconds, turns, connections, workers] = [
  values.seconds,
  values.turns,
  values.connections,
  values.workers,
].map(Number) as [number, number, number, number];
const SCENARIO = "11_vs_11_stochastic";
const ACTIONS = 19;

/** Steps a second, and milliseconds of processors' time a step: what else the machine does changes the first. */
interface Speed {
  rate: number;
  cpu: number;
  /** Of the one who asks, where that is another process. */
  client?: number;
}

/** As many envs in this process, over the same number of threads; open all the time, for new threads are slow at first. */
async function inProcess(observation: "none" | "frame"): Promise<{ measure(): Speed; close(): void }> {
  const envs = await makeVectorEnv(loadScenario(SCENARIO), {
    numEnvs: connections,
    workers,
    control: { left: "ball", right: "none" },
    observation,
  });
  const random = makeRandom(1);
  envs.reset({ seed: 0 });
  const act = (): void => void envs.step(Array.from({ length: connections }, () => integer(random, ACTIONS)));
  const playFor = (milliseconds: number): number => {
    const start = performance.now();
    let steps = 0;
    for (; performance.now() - start < milliseconds; steps += connections) act();
    return steps;
  };
  playFor(1000 * seconds);
  return {
    close: () => envs.close(),
    measure() {
      const [start, cpu] = [performance.now(), ownCpu()];
      const steps = playFor(1000 * seconds);
      return { rate: steps / ((performance.now() - start) / 1000), cpu: (1000 * (ownCpu() - cpu)) / steps };
    },
  };
}

/** The same over connections, each of which waits for its answer before its next step. */
async function served(url: string, see: readonly string[]): Promise<Speed> {
  const setup = { scenario: SCENARIO, decisionSteps: 1, see };
  const load = { protocol: "openenv", setup, sessions: connections, seconds } as const;
  const { rate, spent } = await playLoad(url, load, async () => ({
    server: await metric(url, "cpu_seconds"),
    client: ownCpu(),
  }));
  return { rate, cpu: spent["server"]!, client: spent["client"]! };
}

/** Milliseconds of each part of a frame, one after the other on one thread, and its size. */
async function frameParts() {
  const env = await makeEnv(loadScenario(SCENARIO), { control: { left: "ball", right: "none" } });
  const painter = makePainter(env.lineup);
  env.reset({ seed: 1 });
  const [count, spent] = [200, { step: 0, paint: 0, png: 0, base64: 0 }];
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const times = [performance.now()];
    env.step(5);
    times.push(performance.now());
    const frame = painter.paint(seenBy(env.scene(), 0));
    times.push(performance.now());
    const png = await encodePng(frame);
    times.push(performance.now());
    JSON.stringify({ image: Buffer.from(png).toString("base64") });
    times.push(performance.now());
    bytes += png.length;
    Object.keys(spent).forEach((part, at) => {
      spent[part as keyof typeof spent] += (times[at + 1]! - times[at]!) / count;
    });
  }
  env.close();
  return { bytes: Math.round(bytes / count), milliseconds: rounded(spent) };
}

function rounded(numbers: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, Math.round(value * 1000) / 1000]),
  );
}

function summary(speeds: readonly Speed[]) {
  const clients = speeds.flatMap(({ client }) => client ?? []);
  return {
    stepsPerSecond: Math.round(median(speeds.map(({ rate }) => rate))),
    cpuMilliseconds: median(speeds.map(({ cpu }) => cpu)),
    ...(clients.length > 0 && { clientCpuMilliseconds: median(clients) }),
  };
}

const server = await startServing(["--workers", String(workers)]);
try {
  const speeds: Record<"inProcess" | "served" | "paintedInProcess" | "servedFrames", Speed[]> = {
    inProcess: [],
    served: [],
    paintedInProcess: [],
    servedFrames: [],
  };
  const [blind, painted] = [await inProcess("none"), await inProcess("frame")];
  await served(server.url, []);
  for (let turn = 0; turn < turns; turn++) {
    speeds.inProcess.push(blind.measure());
    speeds.served.push(await served(server.url, []));
    speeds.paintedInProcess.push(painted.measure());
    speeds.servedFrames.push(await served(server.url, ["frame"]));
  }
  blind.close();
  painted.close();
  const share = (of: (speed: Speed) => number) =>
    median(speeds.served.map((speed, i) => of(speed) / of(speeds.inProcess[i]!)));
  const document = {
    bench: "serve",
    node: process.version,
    cores: availableParallelism(),
    workers,
    connections,
    scenario: SCENARIO,
    ...Object.fromEntries(Object.entries(speeds).map(([name, list]) => [name, summary(list)])),
    /**
     * Of the in-process rate, each turn against the one just before it: as the clock has it, which is to be half or more, and
     * by what the server's processors spent.
     */
    share: { byClock: share(({ rate }) => rate), byCpu: share(({ cpu }) => 1 / cpu) },
    frame: await frameParts(),
    serverMegabytes: Math.round((await metric(server.url, "resident_bytes")) / 1e6),
  };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
} finally {
  await server.stop();
}
