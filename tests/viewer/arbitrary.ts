/** @file Scenes, events and lineups of every shape that may occur, for properties. */
import * as fc from "fast-check";
import type { FootballEvent } from "../../env/football/event.ts";
import { GAME_MODES, POSES } from "../../env/frame/index.ts";
import type { Lineup, Scene, SceneFigure } from "../../env/frame/index.ts";
import { FIGURES_MAX } from "../../viewer/protocol/index.ts";

const place = fc.integer({ min: -8192, max: 8191 });

export const figures: fc.Arbitrary<SceneFigure> = fc.record({
  x: place,
  y: place,
  facing: fc.integer({ min: 0, max: 255 }),
  pose: fc.constantFrom(...POSES),
  controlled: fc.boolean(),
  booked: fc.boolean(),
  sentOff: fc.boolean(),
});

export const scenes: fc.Arbitrary<Scene> = fc
  .record({
    tick: fc.integer({ min: 0, max: 0xffffff }),
    step: fc.integer({ min: 0, max: 0xfffff }),
    ball: fc.record({ x: place, y: place, z: fc.integer({ min: 0, max: 8191 }) }),
    figures: fc.array(figures, { maxLength: FIGURES_MAX }),
    score: fc.tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 63 })),
    clockSeconds: fc.integer({ min: 0, max: 16383 }),
    mode: fc.constantFrom(...GAME_MODES),
    restartTeam: fc.constantFrom(-1 as const, 0 as const, 1 as const),
    half: fc.constantFrom(1 as const, 2 as const),
  })
  .chain((scene) =>
    fc.integer({ min: -1, max: scene.figures.length - 1 }).chain((owner) => fc.constant({ ...scene, owner })),
  );

/** A scene in which nothing is remarkable but what is given. */
export function makeScene(changes: Partial<Scene> = {}, players = 4): Scene {
  const figures = Array.from({ length: players }, (_, i) => ({
    x: i * 300,
    y: i * -200,
    facing: 0,
    pose: "upright" as const,
    controlled: i === 0,
    booked: false,
    sentOff: false,
  }));
  return {
    tick: 0,
    step: 0,
    ball: { x: 0, y: 0, z: 0 },
    figures,
    owner: -1,
    score: [0, 0],
    clockSeconds: 0,
    mode: "normal",
    restartTeam: -1,
    half: 1,
    ...changes,
  };
}

export const LINEUP: Lineup = {
  pitch: { halfLength: 5500, halfWidth: 3600, goalHalfWidth: 370, goalHeight: 250, goalDepth: 255 },
  teams: [{ name: "Herons" }, { name: "Otters" }],
  players: [
    { team: 0, number: 1, role: "GK", keeper: true },
    { team: 0, number: 9, role: "CF", keeper: false },
    { team: 1, number: 1, role: "GK", keeper: true },
    { team: 1, number: 4, role: "CB", keeper: false },
  ],
};

export function slide(tick: number): FootballEvent {
  return { tick, player: 1, team: 0, kind: "slide" };
}

export function goal(tick: number, score: readonly [number, number]): FootballEvent {
  return { tick, player: 1, team: 0, kind: "goal", ownGoal: false, score };
}
