/** @file The strip above the pitch: clock, teams with their colours, score, and the restart that is due. */
import { box, fill, setText, type Colour, type Surface } from "./raster/index.ts";
import { kitOf } from "./kit.ts";
import type { Lineup, Scene } from "./scene.ts";
import type { View } from "./view.ts";

const GROUND: Colour = [18, 24, 32];
const INK: Colour = [255, 255, 255];

/** Minutes and seconds as mm:ss. */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

export function paintHud(surface: Surface, lineup: Lineup, view: View, scene: Scene): void {
  fill(surface, box(0, 0, view.width, view.top), GROUND);
  const size = Math.max(5, Math.round(view.top * 0.55));
  const y = Math.round((view.top - size) / 2);
  const write = (text: string, x: number): void => {
    for (const shape of setText(text, { size, tabular: true }).at(Math.round(x), y))
      fill(surface, shape, INK);
  };
  const width = (text: string): number => setText(text, { size, tabular: true }).width;
  write(clockText(scene.clockSeconds), y);
  const score = `${scene.score[0]}-${scene.score[1]}`;
  const left = view.width / 2 - width(score) / 2;
  const right = view.width / 2 + width(score) / 2;
  write(score, left);
  fill(surface, box(left - size - y, y, left - y, y + size), kitOf({ team: 0, keeper: false }).shirt);
  fill(surface, box(right + y, y, right + y + size, y + size), kitOf({ team: 1, keeper: false }).shirt);
  if (scene.mode !== "normal") write(scene.mode, view.width - width(scene.mode) - y);
}
