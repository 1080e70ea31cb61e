/** @file What all protocols do alike: choose what is played, play it, and count it. */
import { Failure } from "./failure.ts";
import {
  type Act,
  isConfigKey,
  type PlayerSpaces,
  readConfig,
  type SessionConfig,
  type Turn,
} from "./game/index.ts";
import type { Metrics } from "./metrics.ts";
import type { Pool, Started } from "./pool/index.ts";
import type { Desk, ResetOptions, Session } from "./session/index.ts";

export class Play {
  readonly desk: Desk;
  readonly metrics: Metrics;
  /** Ids of the scenarios that are served, and what is played where nothing is said. */
  readonly scenarios: readonly string[];
  readonly #usual: string;
  readonly #pool: Pool;

  constructor(pool: Pool, desk: Desk, metrics: Metrics, scenarios: readonly string[], usual: string) {
    this.#pool = pool;
    this.desk = desk;
    this.metrics = metrics;
    this.scenarios = scenarios;
    this.#usual = usual;
  }

  /** Throws a Failure or what `readConfig` throws. */
  config(given: Readonly<Record<string, unknown>>, scenario = this.#usual): SessionConfig {
    return readConfig({ scenario, ...given }, this.scenarios);
  }

  /** What of a request chooses what is played; undefined for nothing. */
  chosen(given: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
    const chosen = Object.entries(given).filter(([key]) => isConfigKey(key));
    return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
  }

  /** Of each player of what would be played. */
  async spaces(config: SessionConfig): Promise<readonly PlayerSpaces[]> {
    const reply = await this.#pool.call(0, { kind: "spaces", config });
    if (!("spaces" in reply)) throw new Error("a worker answered something else");
    return reply.spaces;
  }

  async reset(session: Session, options: ResetOptions): Promise<Started> {
    this.metrics.count("resets_total", { protocol: session.plan.protocol });
    return session.reset(options);
  }

  async act(session: Session, act: Act, request?: string): Promise<Turn> {
    const start = performance.now();
    const turn = await session.act(act, request);
    this.metrics.took((performance.now() - start) / 1000);
    this.metrics.count("steps_total", { protocol: session.plan.protocol });
    return turn;
  }

  sent(frames: number): void {
    this.metrics.count("frames_total", {}, frames);
  }

  failed(protocol: string, { kind }: Failure): void {
    this.metrics.count("errors_total", { protocol, kind });
  }
}
