/** @file Who has a session: admission, limits, time-outs, and the end of what nobody comes back for. */
import { randomUUID } from "node:crypto";
import { Failure } from "../failure.ts";
import type { Metrics } from "../metrics.ts";
import type { Pool } from "../pool/index.ts";
import { type Protocol, Session } from "./session.ts";

export interface DeskOptions {
  /** Sessions at once. */
  capacity: number;
  /** Of one address. */
  clientCapacity: number;
  /** So long a session may be silent. */
  idleMs: number;
  /** So long it is kept for a client whose connection broke while an answer was due. */
  lostMs: number;
  /** The page that shows the first few. */
  watch?: string | undefined;
}

/** So many sessions at once are shown on a page; of the others nobody could follow a part. */
const WATCHED_MAX = 8;
const SWEEPS = 4;

export class Desk {
  readonly #pool: Pool;
  readonly #metrics: Metrics;
  readonly #options: DeskOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #clients = new Map<string, number>();
  /** When a session ends whose client may be gone. */
  readonly #lost = new Map<Session, number>();
  readonly #watched = new Map<Session, number>();
  readonly #sweep: NodeJS.Timeout;
  /** Told of each session that ends. */
  onEnd: ((session: Session) => void) | undefined;
  #next = 0;

  constructor(pool: Pool, metrics: Metrics, options: DeskOptions) {
    this.#pool = pool;
    this.#metrics = metrics;
    this.#options = options;
    const shortest = Math.min(options.idleMs, options.lostMs);
    this.#sweep = setInterval(() => this.#endSilent(), Math.min(1000, Math.max(10, shortest / SWEEPS)));
    this.#sweep.unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  get capacity(): number {
    return this.#options.capacity;
  }

  /** Throws a Failure `busy` with `active_sessions` and `max_sessions` when there is no room. */
  admit(client: string, protocol: Protocol): Session {
    const { capacity, clientCapacity } = this.#options;
    const own = this.#clients.get(client) ?? 0;
    if (this.size >= capacity) throw this.#full("capacity", this.size, capacity, protocol);
    if (own >= clientCapacity) throw this.#full("client", own, clientCapacity, protocol);
    const watched = this.#watchFor();
    const plan = { id: randomUUID(), number: this.#next++, worker: this.#pool.join(), client, protocol };
    const session = new Session({ ...plan, watched: watched?.of }, this.#pool);
    if (watched) this.#watched.set(session, watched.lane);
    this.#sessions.set(plan.id, session);
    this.#clients.set(client, own + 1);
    this.#metrics.count("sessions_opened_total", { protocol });
    return session;
  }

  /** Throws a Failure `gone`. */
  find(id: string): Session {
    const session = this.#sessions.get(id);
    if (session) return session;
    throw new Failure(
      "gone",
      "serve/session-gone",
      "There is no such session: it was closed, has timed out, or is of another server.",
    );
  }

  /** Frees it; a second time does nothing. */
  end(session: Session, reason: string): void {
    const { id, client, protocol } = session.plan;
    if (!this.#sessions.delete(id)) return;
    const left = (this.#clients.get(client) ?? 1) - 1;
    if (left === 0) this.#clients.delete(client);
    else this.#clients.set(client, left);
    this.#lost.delete(session);
    this.#watched.delete(session);
    session.end(reason);
    this.#metrics.count("sessions_closed_total", { protocol, reason });
    this.onEnd?.(session);
  }

  /** The client may be gone: unless it comes back soon, its session ends. */
  mayBeLost(session: Session): void {
    this.#lost.set(session, performance.now() + this.#options.lostMs);
  }

  isBack(session: Session): void {
    this.#lost.delete(session);
  }

  /** Ends those that a thread played which is no more. */
  loseWorker(worker: number): void {
    for (const session of this.#sessions.values())
      if (session.plan.worker === worker) this.end(session, "lost");
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const session of this.#sessions.values()) this.end(session, "shutdown");
  }

  #endSilent(): void {
    const now = performance.now();
    for (const session of this.#sessions.values()) {
      if (session.running) continue;
      if (now > (this.#lost.get(session) ?? Infinity)) this.end(session, "disconnected");
      else if (now - session.lastUsed > this.#options.idleMs) this.end(session, "idle");
    }
  }

  #watchFor() {
    const { watch: url } = this.#options;
    if (url === undefined || this.#watched.size >= WATCHED_MAX) return undefined;
    const taken = new Set(this.#watched.values());
    const lane = Array.from({ length: WATCHED_MAX }, (_, i) => i).find((i) => !taken.has(i))!;
    return { lane, of: { url, quiet: lane > 0 } };
  }

  #full(reason: "capacity" | "client", active: number, most: number, protocol: Protocol): Failure {
    this.#metrics.count("sessions_refused_total", { protocol, reason });
    const whose = reason === "capacity" ? "Server" : "Client";
    return new Failure("busy", `serve/${reason}`, `${whose} at capacity: ${active}/${most} sessions active`, {
      more: { active_sessions: active, max_sessions: most },
    });
  }
}
