/**
 * @file A hundred viewers of one match at 60 Hz on loopback for 20 s: `npm run bench:server`. The server runs in a
 * process of its own. Prints one JSON document; status 1 when somebody is starved, or frames are lost unevenly.
 * `--clients`, `--seconds` and `--rate` choose another size.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Client, healthOf, serve } from "../viewer/serve.ts";

const MATCH = "11_vs_11_stochastic";
/** Whoever gets less than this part of what was sent is starved. */
const SHARE_MIN = 0.95;

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "100" },
    seconds: { type: "string", default: "20" },
    rate: { type: "string", default: "60" },
    /** For the process that serves. */
    serve: { type: "boolean", default: false },
  },
});
const [clients, seconds, rate] = [values.clients, values.seconds, values.rate].map(Number) as [
  number,
  number,
  number,
];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}

async function measure(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ["--serve", "--rate", String(rate)]);
  const [url]: unknown[] = await once(child, "message");
  const viewers = await Promise.all(Array.from({ length: clients }, () => Client.join(String(url))));
  /** Gaps between packets of each viewer, in ms. */
  const gaps: number[][] = viewers.map(() => []);
  await Promise.all(viewers.map((viewer) => viewer.follow(MATCH)));
  await wait(1000);
  viewers.forEach(({ socket }, i) => {
    let last = performance.now();
    socket.on("frames", () => {
      const now = performance.now();
      gaps[i]!.push(now - last);
      last = now;
    });
  });
  await wait(seconds * 1000);
  const received = gaps.map(({ length }) => length).sort((a, b) => a - b);
  const longest = gaps.map((list) => Math.max(...list)).sort((a, b) => a - b);
  const all = gaps.flat().sort((a, b) => a - b);
  const health = await healthOf({ url: String(url) });
  const expected = seconds * rate;
  const starved = received.filter((count) => count < SHARE_MIN * expected).length;
  console.log(
    JSON.stringify(
      {
        clients,
        seconds,
        rateHz: rate,
        packetsEach: {
          expected,
          min: received[0],
          median: quantile(received, 0.5),
          max: received.at(-1),
        },
        starved,
        gapMs: {
          median: round(quantile(all, 0.5)),
          p99: round(quantile(all, 0.99)),
          longestOfAnyViewer: round(longest.at(-1)!),
        },
        server: health,
      },
      null,
      2,
    ),
  );
  for (const viewer of viewers) viewer.close();
  child.kill();
  process.exitCode = starved === 0 ? 0 : 1;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

if (values.serve) {
  const { url } = await serve([MATCH], { rate });
  process.send?.(url);
} else await measure();
