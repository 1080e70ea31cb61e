/** @file Scenes to paint: a lineup of two elevens and moments of made-up play, all integers. */
import type { Lineup, Scene, SceneFigure } from "../../env/frame/index.ts";

const FORMATION: readonly (readonly [x: number, y: number])[] = [
  [-5200, 0],
  [-3800, -2300],
  [-4100, -800],
  [-4100, 800],
  [-3800, 2300],
  [-1500, -2400],
  [-1900, -700],
  [-1900, 700],
  [-1500, 2400],
  [900, -600],
  [400, 800],
];

/** The pitch of `env/football/pitch.ts`, with numbers of one and two digits. */
export const elevens: Lineup = {
  pitch: { halfLength: 5500, halfWidth: 3600, goalHalfWidth: 370, goalHeight: 250, goalDepth: 255 },
  teams: [{ name: "Touchline" }, { name: "Rivals" }],
  players: ([0, 1] as const).flatMap((team) =>
    FORMATION.map((_, i) => ({
      team,
      number: i === 10 ? 23 : i + 1,
      role: i === 0 ? "GK" : "CM",
      keeper: i === 0,
    })),
  ),
};

/** A moment of play: everyone moves on a path of his own, the ball flies across. */
export function play(tick: number): Scene {
  const wave = (period: number, size: number): number => {
    const phase = tick % period;
    return Math.round((Math.min(phase, period - phase) / period - 0.25) * 4 * size);
  };
  return {
    tick,
    step: tick,
    ball: { x: wave(331, 5400), y: wave(201, 3500), z: Math.abs(wave(97, 900)) },
    figures: elevens.players.map(({ team }, i): SceneFigure => {
      const [x, y] = FORMATION[i % 11]!;
      return {
        x: (team === 0 ? x : -x) + wave(101 + 7 * i, 900),
        y: (team === 0 ? y : -y) + wave(89 + 5 * i, 700),
        facing: (tick * 3 + i * 37) & 255,
        pose: "upright",
        controlled: i === 9,
        booked: false,
        sentOff: false,
      };
    }),
    owner: 9,
    score: [2, 1],
    clockSeconds: tick * 2,
    mode: "normal",
    restartTeam: -1,
    half: 1,
  };
}

/** `play` with some things otherwise, and one of its figures too. */
export function moment(over: Partial<Scene>, figure: Partial<SceneFigure> = {}, at = 9): Scene {
  const scene = play(120);
  const figures = scene.figures.map((each, i) => (i === at ? Object.assign({}, each, figure) : each));
  return { ...scene, figures, ...over };
}

/** `play` with everyone within four metres of a place. */
export function crowd(x: number, y: number): Scene {
  const scene = play(60);
  const figures = scene.figures.map((figure, i) =>
    Object.assign({}, figure, { x: x + ((i * 137) % 800) - 400, y: y + ((i * 211) % 800) - 400 }),
  );
  return { ...scene, figures, ball: { x: x + 90, y, z: 0 } };
}
