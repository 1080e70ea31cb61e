/**
 * @file The table of scenes and options whose frames must be the same bytes for ever and everywhere. Runs in Node
 * and, bundled, in a page.
 */
import {
  frameHash,
  GAME_MODES,
  makePainter,
  POSES,
  type FrameOptions,
  type Lineup,
  type Scene,
} from "../../env/frame/index.ts";
import { loadHash } from "../../env/hash.ts";
import { crowd, elevens, moment, play } from "./scenes.ts";

interface Case {
  options?: Partial<FrameOptions>;
  scene: Scene;
  lineup?: Lineup;
}

const small = { width: 112, height: 84 };
const half = { width: 224, height: 144 };
const double = { width: 896, height: 576 };
const camera = "ball";

const duel: Lineup = {
  ...elevens,
  pitch: { ...elevens.pitch, halfLength: 2000, halfWidth: 1000 },
  teams: [{ name: "Ängelholm" }, { name: "日本 & Co" }],
  players: [elevens.players[0]!, elevens.players[21]!],
};

const cases: Record<string, Case> = {
  "kick-off": {
    scene: moment({ ball: { x: 0, y: 0, z: 0 }, mode: "kick-off", restartTeam: 0, score: [0, 0] }),
  },
  "open play": { scene: play(77) },
  "open play, half size": { scene: play(77), options: half },
  "open play, quarter size": { scene: play(77), options: small },
  "open play, double size": { scene: play(77), options: double },
  "smallest frame": { scene: play(77), options: { width: 64, height: 64 } },
  "tall frame": { scene: play(77), options: { width: 200, height: 701, grid: true } },
  "wide frame": { scene: play(77), options: { width: 1023, height: 97, camera } },
  "ball camera": { scene: play(77), options: { camera } },
  "ball camera, quarter size": { scene: play(78), options: { ...small, camera } },
  "ball camera, double size": { scene: play(79), options: { ...double, camera, grid: true } },
  "ball camera, close": { scene: play(80), options: { camera, windowMetres: 15 } },
  "ball camera, wider than the ground": { scene: play(80), options: { camera, windowMetres: 180 } },
  "ball camera, ground too large to keep": {
    scene: play(80),
    options: { width: 1200, camera, windowMetres: 20 },
  },
  "ball camera in the corner": {
    scene: moment({ ball: { x: 5480, y: -3590, z: 0 }, mode: "corner", restartTeam: 0 }),
    options: { camera },
  },
  "all frills": { scene: play(301), options: { grid: true } },
  "no frills": {
    scene: play(301),
    options: { hud: false, numbers: false, facing: false, marks: false },
  },
  "ball in the air": { scene: moment({ ball: { x: -1000, y: 500, z: 700 } }) },
  "ball above the picture": { scene: moment({ ball: { x: -1000, y: -3600, z: 2500 } }) },
  "ball in the net": { scene: moment({ ball: { x: 5700, y: 120, z: 90 }, score: [12, 10] }) },
  "a crowd in front of goal": { scene: crowd(5000, 0) },
  "players out of the picture": { scene: crowd(-7000, -4800) },
  "two on a small pitch with foreign names": {
    scene: { ...play(5), figures: play(5).figures.slice(0, 2) },
    lineup: duel,
  },
};
for (const pose of POSES) {
  cases[`pose ${pose}`] = { scene: posed(pose) };
  cases[`pose ${pose}, ball camera`] = { scene: posed(pose), options: { camera } };
}
for (const mode of GAME_MODES) {
  const restartTeam = mode === "normal" ? -1 : 1;
  cases[`mode ${mode}`] = { scene: moment({ mode, restartTeam, clockSeconds: 5400 }), options: half };
}

function posed(pose: (typeof POSES)[number]): Scene {
  const scene = play(150);
  return { ...scene, figures: scene.figures.map((figure) => Object.assign({}, figure, { pose })) };
}

/** The hash of every case's frame, by the case's name. */
export async function hashCases(): Promise<Record<string, string>> {
  const hash = await loadHash();
  return Object.fromEntries(
    Object.entries(cases).map(([name, { lineup = elevens, options, scene }]) => [
      name,
      frameHash(makePainter(lineup, options).paint(scene), hash),
    ]),
  );
}

/** One hash over a film of so many frames, painted one after the other into the same bytes. */
export async function hashFilm(options: Partial<FrameOptions>, frames: number): Promise<string> {
  const hash = await loadHash();
  const painter = makePainter(elevens, options);
  const { width, height } = painter.options;
  const bytes = new Uint8Array(width * height * 3);
  const hashes = Array.from({ length: frames }, (_, i) => frameHash(painter.paint(play(i), bytes), hash));
  return hash.hash64(new TextEncoder().encode(hashes.join("")));
}
