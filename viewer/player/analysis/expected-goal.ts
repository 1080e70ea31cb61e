/**
 * @file The chance of a goal from a place in a scene, reckoned as the built-in players do before they shoot
 * (env/football/brain/value.ts): the angle that the goal fills, less whoever stands in the way.
 */
import type { Lineup, Scene } from "../../../env/frame/scene.ts";

/** Centimetres in a metre. */
const METRE = 100;

/** From 0 to 1, for a player of this team at this place. */
export function expectedGoal(scene: Scene, lineup: Lineup, team: 0 | 1, x: number, y: number): number {
  const sign = team === 0 ? 1 : -1;
  const goal = lineup.pitch.halfLength;
  const goalHalfWidth = lineup.pitch.goalHalfWidth / METRE;
  const depth = (goal - sign * x) / METRE;
  const aside = y / METRE;
  if (depth < 0.5) return 0;
  const distance = Math.hypot(depth, aside);
  const angle = (2 * goalHalfWidth * depth) / (distance * distance + goalHalfWidth * goalHalfWidth);
  let open = true;
  let blocked = 1;
  scene.figures.forEach((figure, i) => {
    const sheet = lineup.players[i];
    if (sheet === undefined || sheet.team === team || figure.sentOff) return;
    const along = (sign * (figure.x - x)) / METRE;
    const way = aside * (1 - Math.min(1, Math.max(0, along / depth)));
    const off = Math.abs(figure.y / METRE - way);
    if (sheet.keeper) open &&= along < -0.5 || off >= 9;
    else if (along >= 0.3 && along <= depth && off < 1.1) blocked *= 0.55;
  });
  const chance = open
    ? clamp(1.25 - distance / 38, 0.97) * Math.min(1, angle / 0.35)
    : clamp((angle - 0.16) * 1.05, 0.85);
  // Nobody scores from nowhere, but a shot that is taken is worth something.
  return Math.max(0.01, chance * blocked);
}

function clamp(value: number, high: number): number {
  return Math.min(high, Math.max(0, value));
}
