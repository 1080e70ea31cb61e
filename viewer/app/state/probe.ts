/** @file What tests may read of the page: `window.__viewer`. */
import type { Cursor } from "../../player/index.ts";
import type { Stage } from "../stage/stage.ts";
import type { Session, Shown } from "./session.ts";

/** The agent's frame in the page: of which scene it is, and its hash. */
export interface Seen {
  match: string;
  episode: number;
  seq: number;
  hash: string;
}

export interface Probe {
  readonly ready: boolean;
  readonly cursor: Cursor;
  readonly shown: Shown | undefined;
  readonly renderer: string;
  readonly seen: Seen | undefined;
  /** Where a player is drawn on the pitch, in CSS pixels. */
  spotOf(player: number): { x: number; y: number } | undefined;
}

let seen: Seen | undefined;

export function exposeSeen(frame: Seen): void {
  seen = frame;
}

export function exposeStage(session: Session, stage: Stage): void {
  const probe: Probe = {
    get ready() {
      return session.shown.peek() !== undefined;
    },
    get cursor() {
      return session.cursor;
    },
    get shown() {
      return session.shown.peek();
    },
    get seen() {
      return seen;
    },
    renderer: stage.renderer.name,
    spotOf: (player) => stage.spotOf(player),
  };
  Object.assign(window, { __viewer: probe });
}
