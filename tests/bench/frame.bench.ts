/**
 * @file How fast frames are painted, with 22 players and the strip: `npx tsx tests/bench/frame.bench.ts` prints
 * JSON, medians of several runs. Rates count wall time and, for a machine that does other things too, the time that
 * this process had the processor.
 */
import { makePainter, type FrameOptions, type Painter } from "../../env/frame/index.ts";
import { elevens, play } from "../frame/scenes.ts";

const RUNS = 7;
const PIXELS_A_RUN = 2000 * 448 * 288;
const SCENES = Array.from({ length: 64 }, (_, i) => play(i * 9));

const CASES: Record<string, Partial<FrameOptions>> = {
  "448x288 pitch": {},
  "448x288 ball": { camera: "ball" },
  "224x144 pitch": { width: 224, height: 144 },
  "112x84 pitch": { width: 112, height: 84 },
  "896x576 pitch": { width: 896, height: 576 },
  "896x576 ball": { width: 896, height: 576, camera: "ball" },
};

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

function repeat<T>(times: number, make: (i: number) => T): T[] {
  return Array.from({ length: times }, (_, i) => make(i));
}

/** Frames a second; `fresh` lets the painter make a new buffer for each. */
function rates(painter: Painter, fresh: boolean): { wall: number; cpu: number } {
  const { width, height } = painter.options;
  const frames = Math.ceil(PIXELS_A_RUN / (width * height));
  const out = new Uint8Array(width * height * 3);
  const runs = repeat(RUNS + 1, () => {
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    for (let i = 0; i < frames; i++) painter.paint(SCENES[i % SCENES.length]!, fresh ? undefined : out);
    const { user, system } = process.cpuUsage(cpuStart);
    return { wall: (frames / (performance.now() - start)) * 1e3, cpu: (frames / (user + system)) * 1e6 };
  }).slice(1);
  return {
    wall: Math.round(median(runs.map((run) => run.wall))),
    cpu: Math.round(median(runs.map((run) => run.cpu))),
  };
}

function createMs(options: Partial<FrameOptions>): number {
  const times = repeat(RUNS, () => {
    const start = performance.now();
    makePainter(elevens, options);
    return performance.now() - start;
  });
  return Math.round(median(times) * 10) / 10;
}

const results = Object.fromEntries(
  Object.entries(CASES).map(([name, options]) => {
    const painter = makePainter(elevens, options);
    return [
      name,
      {
        framesPerSecond: rates(painter, false),
        inFreshBuffers: rates(painter, true),
        createMs: createMs(options),
      },
    ];
  }),
);
console.log(JSON.stringify({ node: process.version, runs: RUNS, results }, null, 2));
