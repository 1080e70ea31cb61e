/** @file The scene of a frame that an agent looked at. */
import type { Scene } from "../../env/frame/scene.ts";
import { type Binary, decodeScene, tickOf } from "../protocol/index.ts";

export function seenScene(seen: Binary): Scene {
  return decodeScene(bytesOf(seen));
}

export function seenTick(seen: Binary): number {
  return tickOf(bytesOf(seen));
}

function bytesOf(seen: Binary): Uint8Array {
  return seen instanceof Uint8Array ? seen : new Uint8Array(seen);
}
