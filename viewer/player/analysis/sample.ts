/** @file Scenes of an episode up to a tick, evenly thinned out: enough to count by, few enough to count at once. */
import type { Scene } from "../../../env/frame/scene.ts";
import type { Timeline } from "../timeline.ts";

const SAMPLES_MAX = 1200;

export function sampleScenes(timeline: Timeline, tick: number): Scene[] {
  const last = timeline.indexAt(tick);
  const stride = Math.max(1, Math.ceil((last + 1) / SAMPLES_MAX));
  const scenes: Scene[] = [];
  for (let index = 0; index <= last; index += stride) {
    const scene = timeline.peek(index);
    if (scene !== undefined) scenes.push(scene);
  }
  return scenes;
}
