/** @file How fast frames are painted: `npx tsx tests/bench/frame.bench.ts` prints JSON. One core, 22 players, strip on. */
import { makePainter, type FrameOptions } from "../../env/frame/index.ts";
import { elevens, play } from "../frame/scenes.ts";

const RUNS = 7;
const FRAMES = 4000;
const SCENES = Array.from({ length: 64 }, (_, i) => play(i * 9));

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

function measure(options: Partial<FrameOptions>): Record<string, number> {
  const made = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    makePainter(elevens, options);
    return performance.now() - start;
  });
  const painter = makePainter(elevens, options);
  const { width, height } = painter.options;
  const out = new Uint8Array(width * height * 3);
  const count = Math.ceil((FRAMES * 448 * 288) / (width * height));
  const rate = (paint: (i: number) => void): number =>
    median(
      Array.from({ length: RUNS }, () => {
        const start = performance.now();
        for (let i = 0; i < count; i++) paint(i);
        return Math.round((count / (performance.now() - start)) * 1000);
      }),
    );
  for (let i = 0; i < count; i++) painter.paint(SCENES[i % SCENES.length]!, out);
  return {
    framesPerSecond: rate((i) => painter.paint(SCENES[i % SCENES.length]!, out)),
    framesPerSecondFreshBuffer: rate((i) => painter.paint(SCENES[i % SCENES.length]!)),
    createMs: Math.round(median(made) * 10) / 10,
  };
}

const cases: Record<string, Partial<FrameOptions>> = {
  "448x288 pitch": {},
  "448x288 ball": { camera: "ball" },
  "224x144 pitch": { width: 224, height: 144 },
  "112x84 pitch": { width: 112, height: 84 },
  "896x576 pitch": { width: 896, height: 576 },
  "896x576 ball": { width: 896, height: 576, camera: "ball" },
};
const results = Object.fromEntries(Object.entries(cases).map(([name, options]) => [name, measure(options)]));
console.log(JSON.stringify({ node: process.version, runs: RUNS, results }, null, 2));
