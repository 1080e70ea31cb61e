/** @file A frame's name by its bytes, to compare what two machines drew. */
import { loadHash, type Hash } from "../hash.ts";
import type { Frame, FrameOptions } from "./frame.ts";
import { makePainter } from "./painter.ts";
import type { Lineup, Scene } from "./scene.ts";

/** XXH64 of the frame's bytes, 16 hex digits. */
export function frameHash(frame: Frame, hash: Hash): string {
  return hash.hash64(frame.data);
}

/** A function that paints what can be seen in `game` now and gives the hash of that frame. */
export async function makeFrameHash(
  game: { readonly lineup: Lineup; scene(): Scene },
  options: Partial<FrameOptions> = {},
): Promise<() => string> {
  const hash = await loadHash();
  const painter = makePainter(game.lineup, options);
  const bytes = new Uint8Array(painter.options.width * painter.options.height * 3);
  return () => frameHash(painter.paint(game.scene(), bytes), hash);
}
