/**
 * @file The long form of what tests/serve holds in short: `npm run soak:serve`. 256 sessions at once for 60 seconds on one
 * process, then 20,000 requests that nobody would send while a good session plays on. One JSON document; status 1 when
 * anything of it does not hold. Options: `--sessions N`, `--seconds N`, `--requests N`, `--seed N`.
 */
import { parseArgs } from "node:util";
import { integer, makeRandom } from "../../env/random.ts";
import { fuzz } from "./fuzz.ts";
import { OpenEnv } from "./open-env.ts";
import { metric, startServing } from "./serving.ts";
import { call, post } from "./vagen.ts";

const { values } = parseArgs({
  options: {
    sessions: { type: "string", default: "256" },
    seconds: { type: "string", default: "60" },
    requests: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  },
});
const [sessions, seconds, requests, seed] = [
  values.sessions,
  values.seconds,
  values.requests,
  values.seed,
].map(Number) as [number, number, number, number];

const problems: string[] = [];
const SETUPS = [
  { scenario: "11_vs_11_stochastic", see: [] },
  { scenario: "academy_corner", see: ["text"] },
  { scenario: "academy_3_vs_1_with_keeper", see: ["frame"], frame: { width: 224, height: 144 } },
  { scenario: "sokoban", see: ["frame"] },
] as const;

/** Half of them over OpenEnv's WebSocket, half over VAGEN's requests. */
async function many(url: string): Promise<number> {
  let steps = 0;
  const late = { at: Infinity };
  const overSocket = async (lane: number): Promise<void> => {
    const client = await OpenEnv.open(url);
    const random = makeRandom(lane);
    const setup = SETUPS[lane % SETUPS.length]!;
    await client.observe("reset", { ...setup, seed: lane });
    while (performance.now() < late.at) {
      const { done } = await client.observe("step", { action: integer(random, 4) });
      steps++;
      if (done) await client.observe("reset", {});
    }
    client.socket.close();
    await client.closed;
  };
  const overRequests = async (lane: number): Promise<void> => {
    const { data } = await post(url, "/connect", { env_config: SETUPS[lane % SETUPS.length], seed: lane });
    while (performance.now() < late.at) {
      const answer = await call(url, data.session_id, "step", {
        action_str: "<think>a</think><answer>right</answer>",
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.data));
      steps++;
      if (answer.data.done) await call(url, data.session_id, "reset", { seed: lane });
    }
    await call(url, data.session_id, "close");
  };
  const playing = Array.from({ length: sessions }, (_, lane) =>
    (lane % 2 === 0 ? overSocket(lane) : overRequests(lane)).catch((error: unknown) => {
      problems.push(`session ${lane}: ${error instanceof Error ? error.message : String(error)}`);
    }),
  );
  while ((await metric(url, "sessions")) < sessions && problems.length === 0)
    await new Promise((resolve) => setTimeout(resolve, 100));
  late.at = performance.now() + seconds * 1000;
  const before = steps;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const rate = (steps - before) / seconds;
  await Promise.all(playing);
  return Math.round(rate);
}

const server = await startServing(["--capacity", String(Math.max(64, sessions))]);
try {
  const rate = sessions > 0 ? await many(server.url) : 0;
  const afterMany = await metric(server.url, "sessions");
  if (afterMany !== 0) problems.push(`${afterMany} sessions are left after they were closed`);

  const good = await OpenEnv.open(server.url);
  const episode = async (): Promise<string> => {
    const seen = [await good.observe("reset", { scenario: "5_vs_5", seed: 9, see: ["text"], info: true })];
    for (let i = 0; i < 20; i++) seen.push(await good.observe("step", { action: i % 19 }));
    return JSON.stringify(seen);
  };
  const alone = await episode();
  const over = { is: false };
  let undisturbed = 0;
  const memory: number[] = [];
  // The first requests fill caches; what comes after must not grow.
  const fuzzing = fuzz(server.url, seed, requests, (done) => {
    if (done % 1000 < 20) console.error(`${done} of ${requests} requests`);
  }).finally(() => (over.is = true));
  while (!over.is) {
    if ((await episode()) === alone) undisturbed++;
    else problems.push("the good session saw something else");
    memory.push(await metric(server.url, "resident_bytes"));
  }
  const { answers, violations } = await fuzzing;
  problems.push(...violations.slice(0, 20));
  good.socket.close();
  await good.closed;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const left = await metric(server.url, "sessions");
  if (left !== 0) problems.push(`${left} sessions are left after the requests`);
  const third = Math.floor(memory.length / 3);
  const megabytes = { afterAThird: memory[third], atTheEnd: memory.at(-1) };
  const grown = (megabytes.atTheEnd ?? 0) - (megabytes.afterAThird ?? 0);
  if (grown > 100_000_000) problems.push(`the server has grown by ${grown} bytes`);
  const document = {
    soak: "serve",
    node: process.version,
    sessions,
    seconds,
    stepsPerSecond: rate,
    requests,
    answers,
    goodEpisodes: undisturbed,
    megabytes: Object.fromEntries(
      Object.entries(megabytes).map(([name, bytes]) => [name, Math.round((bytes ?? 0) / 1e6)]),
    ),
    problems,
  };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
} finally {
  await server.stop();
}
process.exitCode = problems.length > 0 ? 1 : 0;
