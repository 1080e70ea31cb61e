/** @file What must never be: numbers that are none, players and balls beyond the boards, set pieces without end. */
import type { FootballEvent, FootballInfo } from "../../../env/football/index.ts";
import type { Lineup, Scene } from "../../../env/frame/index.ts";

/** Where the first NaN or infinity within plain data and typed arrays is, undefined when there is none. */
export function badNumber(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `is ${value}`;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return undefined;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = value as ArrayLike<unknown>;
    for (let i = 0; i < list.length; i++) {
      const bad = badNumber(list[i]);
      // The path is put together only on the way back: nearly always there is none.
      if (bad !== undefined) return `${i} ${bad}`;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const bad = badNumber((value as Record<string, unknown>)[key]);
    if (bad !== undefined) return `${key} ${bad}`;
  }
  return undefined;
}

/** The boards stand 3.6 m behind and 2.4 m beside the lines. */
const BOARDS_CENTIMETRES = 400;

/** What is wrong with a scene: it is whole numbers, and everything on it is within the boards. */
export function badScene(scene: Scene, { pitch, players }: Lineup): string | undefined {
  const [length, width] = [pitch.halfLength + BOARDS_CENTIMETRES, pitch.halfWidth + BOARDS_CENTIMETRES];
  const lost = ({ x, y }: { x: number; y: number }): boolean =>
    !(Number.isInteger(x) && Number.isInteger(y) && Math.abs(x) <= length && Math.abs(y) <= width);
  if (lost(scene.ball) || !Number.isInteger(scene.ball.z))
    return `the ball is at ${JSON.stringify(scene.ball)}`;
  const player = scene.figures.findIndex((figure) => !figure.sentOff && lost(figure));
  if (player >= 0) return `player ${player} is at ${scene.figures[player]!.x}, ${scene.figures[player]!.y}`;
  const { owner } = scene;
  if (owner < -1 || owner >= players.length || scene.figures[owner]?.sentOff)
    return `the ball is player ${owner}'s`;
  return undefined;
}

/** GRF's stall guard kicks after 20 steps; the rest is for takers who are knocked about. */
const LONGEST_SET_PIECE_STEPS = 60;

/** Counts the env steps that a set piece has been waited for; says so when it will never come. */
export function makeDeadlockWatch(): (info: Pick<FootballInfo, "mode" | "events">) => string | undefined {
  let waited = 0;
  return ({ mode, events }) => {
    waited = mode === "normal" || events.some(isRestart) ? 0 : waited + 1;
    return waited > LONGEST_SET_PIECE_STEPS ? `a ${mode} did not restart within ${waited} steps` : undefined;
  };
}

const RESTARTS: ReadonlySet<string> = new Set([
  "kick-off",
  "throw-in",
  "goal-kick",
  "corner",
  "penalty",
  "free-kick",
]);

function isRestart({ kind }: FootballEvent): boolean {
  return RESTARTS.has(kind);
}
