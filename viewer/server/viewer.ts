/** @file One connected viewer: what he watches, how much may still be sent to him, how much he may still ask. */
import type { Socket } from "socket.io";
import { CREDIT } from "../protocol/index.ts";
import type { ClientToServer, ServerToClient, WatchRequest } from "../protocol/index.ts";
import type { Room } from "./room.ts";

export type WatchSocket = Socket<ClientToServer, ServerToClient>;

/** So many engine packets may wait for a viewer; what comes then is left out, and he asks for it later. */
const QUEUE_MAX = 16;
/** A viewer without credit is tried again after this long, for the packet that he should answer may be lost. */
const PROBE_MS = 2000;
/** Messages: so many a second, and so many at once. */
const ALLOWANCE_PER_SECOND = 100;
const ALLOWANCE_MAX = 400;
/** Bytes of what he asked for: a match of 90 minutes has about 7 MB, which one may open at once and then another. */
const BYTES_PER_SECOND = 2_000_000;
const BYTES_MAX = 16_000_000;
/** After so many bad messages the connection is closed. */
const MALFORMED_MAX = 100;

export class Viewer {
  readonly socket: WatchSocket;
  room: Room | undefined;
  others: WatchRequest["others"] = false;
  /** Which list of matches he has heard of; packets count the matches by it. */
  list = 0;
  malformed = 0;
  /** Whether he may take players over. */
  readonly mayPlay: boolean;
  #sent = 0;
  #drawn = 0;
  #sentAt = 0;
  #allowance = ALLOWANCE_MAX;
  #allowanceAt: number;
  #bytes = BYTES_MAX;
  #bytesAt: number;

  constructor(socket: WatchSocket, mayPlay: boolean, now: number) {
    this.socket = socket;
    this.mayPlay = mayPlay;
    this.#allowanceAt = this.#bytesAt = now;
  }

  /** Engine packets that wait because the connection takes no more. */
  get queued(): number {
    // The engine keeps the list private and has no other word for how far behind a connection is.
    const conn: object = this.socket.conn;
    return "writeBuffer" in conn && Array.isArray(conn.writeBuffer) ? conn.writeBuffer.length : 0;
  }

  /** The number for the next packet of frames, undefined while he should get none. */
  takeCredit(now: number): number | undefined {
    if (!this.socket.conn.transport.writable) return undefined;
    if (this.#sent - this.#drawn >= CREDIT && now - this.#sentAt < PROBE_MS) return undefined;
    this.#sentAt = now;
    return ++this.#sent;
  }

  /** Notes what he has drawn; false when he cannot have. */
  drawn(packet: number): boolean {
    if (packet > this.#sent) return false;
    this.#drawn = Math.max(this.#drawn, packet);
    return true;
  }

  /** Whether a reliable message may be sent without letting his queue grow. */
  get takes(): boolean {
    return this.queued < QUEUE_MAX;
  }

  /** When he last sent anything. */
  get heardAt(): number {
    return this.#allowanceAt;
  }

  /** Whether he may send another message now. */
  mayAsk(now: number): boolean {
    const earned = ((now - this.#allowanceAt) / 1000) * ALLOWANCE_PER_SECOND;
    this.#allowance = Math.min(ALLOWANCE_MAX, this.#allowance + earned) - 1;
    this.#allowanceAt = now;
    return this.#allowance > 0;
  }

  /** Whether he may have more of what is kept now. */
  mayRead(now: number): boolean {
    const earned = ((now - this.#bytesAt) / 1000) * BYTES_PER_SECOND;
    this.#bytes = Math.min(BYTES_MAX, this.#bytes + earned);
    this.#bytesAt = now;
    return this.#bytes > 0;
  }

  charge(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Counts a message that was none; too many close the connection. */
  blame(): void {
    if (++this.malformed >= MALFORMED_MAX) this.socket.disconnect(true);
  }
}
