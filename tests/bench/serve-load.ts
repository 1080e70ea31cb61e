/** @file A load for `touchline serve`: many sessions, each of which waits for its answer before its next step. */
import { integer, makeRandom } from "../../env/random.ts";
import { OpenEnv } from "../serve/open-env.ts";
import { call, type Jar, post } from "../serve/vagen.ts";

export interface Load {
  protocol: "openenv" | "vagen";
  /** What a session plays, as docs/SERVE.md has it. */
  setup: Readonly<Record<string, unknown>>;
  sessions: number;
  seconds: number;
}

export interface Played {
  /** Steps a second, as the clock has it. */
  rate: number;
  /** Milliseconds a step of each processor time that was asked for, and of the one who asks. */
  spent: Readonly<Record<string, number>>;
}

/** Seconds of processors' time so far, by whose they are. */
export type Spending = () => Promise<Record<string, number>>;

const ACTIONS = 19;
/** The first steps are slower. */
const WARM_MS = 1000;
const RUN = "<think>On.</think><answer>right</answer>";

/** A lane that has begun: `step` plays one turn, and begins anew after the last. */
interface Lane {
  step(): Promise<void>;
  close(): Promise<void>;
}

export async function playLoad(url: string, load: Load, spending: Spending): Promise<Played> {
  const open = load.protocol === "openenv" ? openSocket : openRequests;
  const lanes = await Promise.all(
    Array.from({ length: load.sessions }, (_, seed) => open(url, load.setup, seed)),
  );
  let steps = 0;
  const over = { is: false };
  const playing = lanes.map(async (lane) => {
    while (!over.is) {
      await lane.step();
      steps++;
    }
  });
  // A lane that fails must end the measurement, not wait for its end.
  const measured = Promise.race([measure(), Promise.all(playing)]);

  async function measure(): Promise<Played> {
    await sleep(WARM_MS);
    const before = { steps, at: performance.now(), spent: await spending() };
    await sleep(load.seconds * 1000);
    const played = steps - before.steps;
    const after = { at: performance.now(), spent: await spending() };
    const spent = Object.entries(after.spent).map(
      ([who, seconds]) => [who, (1000 * (seconds - before.spent[who]!)) / played] as const,
    );
    return { rate: played / ((after.at - before.at) / 1000), spent: Object.fromEntries(spent) };
  }

  const result = (await measured) as Played;
  over.is = true;
  await Promise.all(playing);
  await Promise.all(lanes.map((lane) => lane.close()));
  return result;
}

async function openSocket(url: string, setup: Load["setup"], seed: number): Promise<Lane> {
  const client = await OpenEnv.open(url);
  const random = makeRandom(seed);
  await client.observe("reset", { ...setup, seed });
  return {
    async step() {
      const { done } = await client.observe("step", { action: integer(random, ACTIONS) });
      if (done) await client.observe("reset", { seed });
    },
    async close() {
      client.socket.close();
      await client.closed;
    },
  };
}

async function openRequests(url: string, setup: Load["setup"], seed: number): Promise<Lane> {
  const jar: Jar = {};
  const { data } = await post(url, "/connect", { env_config: setup, seed }, { jar });
  const { session_id } = data as { session_id: string };
  return {
    async step() {
      const answer = await call(url, session_id, "step", { action_str: RUN }, { jar });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.data));
      if (answer.data.done) await call(url, session_id, "reset", { seed }, { jar });
    },
    async close() {
      await call(url, session_id, "close", {}, { jar });
    },
  };
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Of this process. */
export function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export function median(list: readonly number[]): number {
  return Math.round(list.toSorted((a, b) => a - b)[list.length >> 1]! * 100) / 100;
}
