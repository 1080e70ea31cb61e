/** @file What tests may read of the page: `window.__viewer`. */
import type { Cursor } from "../../player/index.ts";
import type { Stage } from "../stage/stage.ts";
import type { Session, Shown } from "./session.ts";

export interface Probe {
  readonly ready: boolean;
  readonly cursor: Cursor;
  readonly shown: Shown | undefined;
  readonly renderer: string;
  /** The agent's frame in the page: of which scene it is, and its hash. */
  seen: { episode: number; seq: number; hash: string } | undefined;
}

declare global {
  interface Window {
    __viewer?: Probe;
  }
}

export function exposeStage(session: Session, stage: Stage): void {
  window.__viewer = {
    get ready() {
      return session.shown.peek() !== undefined;
    },
    get cursor() {
      return session.cursor;
    },
    get shown() {
      return session.shown.peek();
    },
    renderer: stage.renderer.name,
    seen: undefined,
  };
}

export function exposeSeen(seen: Probe["seen"]): void {
  if (window.__viewer !== undefined) window.__viewer.seen = seen;
}
