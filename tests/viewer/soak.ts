/**
 * @file A hundred thousand random messages against a server in a process of its own: `npm run soak:viewer`. Prints one
 * JSON document; status 1 when the server ends, starves who does nothing wrong, or grows. `--messages`, `--seed` and
 * `--senders` choose others.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadScenario } from "../../scenarios/load.ts";
import { planMatches } from "../../viewer/server/index.ts";
import { fuzz, servesStill } from "./fuzz.ts";
import { Client, healthOf, serve } from "./serve.ts";

const MATCH = "academy_empty_goal_close";
/** What the server may grow by: buffers that have not been given back, and sixteen branches. */
const GROWTH_MB_MAX = 150;
const GAP_MS_MAX = 5000;

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    senders: { type: "string", default: "16" },
    /** For the process that serves. */
    serve: { type: "boolean", default: false },
  },
});

function onProgress({ messages }: { messages: number }): void {
  if (messages % 10_000 === 0) console.error(`${messages} messages`);
}

async function soak(): Promise<void> {
  const [messages, seed, senders] = [values.messages, values.seed, values.senders].map(Number) as [
    number,
    number,
    number,
  ];
  const child = fork(fileURLToPath(import.meta.url), ["--serve"]);
  let ended: string | undefined;
  child.on("exit", (status, signal) => (ended = signal ?? `status ${status}`));
  const [url] = (await once(child, "message")) as [string];
  const memoryMb = async (): Promise<number> => {
    child.send("memory");
    const [bytes] = (await once(child, "message")) as [number];
    return Math.round(bytes / 1e6);
  };
  const good = await Client.join(url);
  await good.follow(MATCH);
  let [last, longestGap] = [performance.now(), 0];
  good.socket.on("frames", () => {
    const now = performance.now();
    [last, longestGap] = [now, Math.max(longestGap, now - last)];
  });
  const [began, before] = [performance.now(), await memoryMb()];
  const sent = await fuzz({ url, match: MATCH, seed, messages, senders, onProgress });
  const seconds = Math.round((performance.now() - began) / 1000);
  await servesStill(url, MATCH);
  const health = await healthOf({ url });
  const after = await memoryMb();
  const failures = [
    ...(ended === undefined ? [] : [`the server ended with ${ended}`]),
    ...(good.socket.connected ? [] : ["who did nothing wrong was disconnected"]),
    ...(longestGap < GAP_MS_MAX ? [] : ["who did nothing wrong was starved"]),
    ...(after - before < GROWTH_MB_MAX ? [] : ["the server's memory has grown"]),
  ];
  const memory = { beforeMb: before, afterMb: after };
  const told = {
    seed,
    ...sent,
    seconds,
    longestGapMs: Math.round(longestGap),
    memory,
    server: health,
    failures,
  };
  console.log(JSON.stringify(told, null, 2));
  good.close();
  child.kill();
  process.exitCode = failures.length === 0 ? 0 : 1;
}

if (values.serve) {
  // Of a match that goes on there are past moments to branch from.
  const scenario = { ...loadScenario(MATCH), steps: 3000 };
  const { url } = await serve([], { matches: planMatches([scenario], { policy: "idle", seed: 0 }) });
  process.on("message", () => process.send?.(process.memoryUsage().rss));
  process.on("disconnect", () => process.exit());
  process.send?.(url);
} else await soak();
