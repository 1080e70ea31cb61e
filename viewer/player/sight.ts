/** @file On what an agent acted: where everything was when it looked, against where it is when its action counts. */
import type { Scene } from "../../env/frame/scene.ts";
import type { MindView } from "./mind.ts";
import { seenScene } from "./seen.ts";

/** What an agent looked at, and how old that is. */
export interface Sight {
  /** As its side saw it. */
  scene: Scene;
  /** In physics ticks; 0 where the game waited. */
  age: number;
  player: number;
  /** It is acted on from this tick on; else it is still being thought about. */
  lands: boolean;
}

/**
 * The sight that is acted on, or thought about, at a tick; undefined where it is no older than the tick. At the tick from
 * which a decision counts its sight is as old as it ever was.
 */
export function sightAt(view: MindView, tick: number, ticksPerScene: number): Sight | undefined {
  const note = view.decided?.note;
  // The decision has only just been made: what comes next is thought of from then on.
  const lands = note !== undefined && tick - note.tick < ticksPerScene;
  const seen = lands ? note.seen : view.thought?.seen;
  if (seen === undefined) return undefined;
  const scene = seenScene(seen);
  const age = (lands ? note.tick : tick) - scene.tick;
  return age > 0 ? { scene, age, player: view.player, lands } : undefined;
}
