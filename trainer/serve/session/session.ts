/** @file One client's env: what it plays, one call at a time, and the last answer, in case it is asked for again. */
import { randomInt } from "node:crypto";
import { Failure } from "../failure.ts";
import type { Act, SessionConfig, Turn } from "../game/index.ts";
import type { Pool, Started } from "../pool/index.ts";

export type Protocol = "openenv" | "vagen" | "mcp";

export interface SessionPlan {
  id: string;
  /** Among the sessions of a worker. */
  number: number;
  worker: number;
  client: string;
  protocol: Protocol;
  watched: { url: string; quiet: boolean } | undefined;
}

export interface SessionState {
  seed: number | null;
  stepCount: number;
  scenario: string | null;
  done: boolean;
}

export interface ResetOptions {
  /** What is played; without it what was played before. */
  config?: SessionConfig | undefined;
  /** Chance gives one without. */
  seed?: number | undefined;
}

const SEEDS = 2 ** 32;

export class Session {
  readonly plan: SessionPlan;
  readonly #pool: Pool;
  #config: SessionConfig | undefined;
  /** The config that the worker has a game of. */
  #open: SessionConfig | undefined;
  #state: SessionState = { seed: null, stepCount: 0, scenario: null, done: true };
  #running = false;
  #last: { request: string; turn: Promise<Turn> } | undefined;
  lastUsed = performance.now();
  /** Why it is closed; undefined while it is open. */
  closed: string | undefined;

  constructor(plan: SessionPlan, pool: Pool) {
    this.plan = plan;
    this.#pool = pool;
  }

  get config(): SessionConfig | undefined {
    return this.#config;
  }

  get state(): SessionState {
    return this.#state;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Begins an episode. Rejects with a Failure, `busy` while another call runs. */
  async reset({ config = this.#config, seed = randomInt(SEEDS) }: ResetOptions): Promise<Started> {
    return this.#alone(async () => {
      if (config === undefined) throw new Failure("invalid", "serve/scenario", "Say what is to be played.");
      const { number: session, worker, watched } = this.plan;
      const isNew = JSON.stringify(config) !== JSON.stringify(this.#open);
      const command = {
        kind: "reset",
        session,
        seed,
        ...(isNew && { config, ...(watched && { watched }) }),
      } as const;
      this.#open = undefined;
      this.#last = undefined;
      const reply = await this.#pool.call(worker, command);
      if (!("started" in reply)) throw new Error("a worker answered something else");
      this.#config = config;
      this.#open = config;
      this.#state = { seed, stepCount: 0, scenario: config.scenario, done: false };
      return reply.started;
    });
  }

  /**
   * Plays a turn. With `request`, the same answer again if the last call had it too, whether it still runs or is over.
   * Rejects with a Failure, `busy` while another call runs.
   */
  act(act: Act, request?: string): Promise<Turn> {
    if (request !== undefined && this.#last?.request === request) {
      this.lastUsed = performance.now();
      return this.#last.turn;
    }
    const isBusy = this.#running;
    const turn = this.#act(act);
    // What is refused leaves the call that runs alone.
    if (isBusy) return turn;
    const last = request === undefined ? undefined : { request, turn };
    this.#last = last;
    // What has failed can be tried again.
    if (last) turn.catch(() => last === this.#last && this.forget(last.request));
    return turn;
  }

  /** Forgets the answer to this request, which nobody will ask for again. */
  forget(request: string): void {
    if (this.#last?.request === request) this.#last = undefined;
  }

  /** To be called by the desk alone. */
  end(reason: string): void {
    if (this.closed !== undefined) return;
    this.closed = reason;
    const { worker, number: session } = this.plan;
    this.#pool.leave(worker);
    if (reason !== "lost") this.#pool.call(worker, { kind: "close", session }).catch(() => undefined);
  }

  async #act(act: Act): Promise<Turn> {
    return this.#alone(async () => {
      if (this.#open === undefined)
        throw new Failure("state", "env/not-reset", "There is no episode yet; reset first.");
      const { worker, number: session } = this.plan;
      try {
        const reply = await this.#pool.call(worker, { kind: "act", session, act });
        if (!("turn" in reply)) throw new Error("a worker answered something else");
        const { done } = reply.turn;
        this.#state = { ...this.#state, stepCount: this.#state.stepCount + 1, done };
        return reply.turn;
      } catch (error) {
        // The worker has thrown the game away.
        if (error instanceof Failure && error.kind === "failed") this.#open = undefined;
        throw error;
      }
    });
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed !== undefined) {
      throw new Failure(
        "gone",
        "serve/session-gone",
        `The session is closed (${this.closed}); open a new one.`,
      );
    }
    if (this.#running) {
      throw new Failure(
        "busy",
        "serve/session-busy",
        "Another call of this session still runs; wait for its answer.",
      );
    }
    this.#running = true;
    this.lastUsed = performance.now();
    try {
      return await work();
    } finally {
      this.#running = false;
      this.lastUsed = performance.now();
    }
  }
}
