/** @file The strip above the pitch: clock, team names in their colours, score, and the restart that is due. */
import { kitOf } from "./kit.ts";
import {
  blit,
  box,
  fill,
  lay,
  makeLayer,
  makeSprite,
  makeSurface,
  setText,
  type Clip,
  type Colour,
  type Sprite,
  type Surface,
  type Text,
} from "./raster/index.ts";
import { GAME_MODES, type GameMode, type Lineup, type Scene } from "./scene.ts";
import type { View } from "./view.ts";

const STRIP: Colour = [18, 24, 32];
const INK: Colour = [255, 255, 255];
const NEUTRAL: Colour = [92, 100, 112];

/** What is written for each restart, and where there is no room for that. */
const RESTARTS: Record<Exclude<GameMode, "normal">, readonly [name: string, short: string]> = {
  "kick-off": ["KICK-OFF", "KO"],
  "goal-kick": ["GOAL KICK", "GK"],
  "free-kick": ["FREE KICK", "FK"],
  corner: ["CORNER", "CK"],
  "throw-in": ["THROW-IN", "TI"],
  penalty: ["PENALTY", "PK"],
};

/** A match clock: minutes and seconds as 07:30, from 100 minutes on minutes alone as 104'. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  if (minutes > 99) return `${Math.min(999, minutes)}'`;
  return `${String(minutes).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

function scoreText(goals: number): string {
  return String(Math.min(99, goals));
}

/** A function that paints the strip over the top of a frame. */
export function makeHud(lineup: Lineup, view: View): (surface: Surface, scene: Scene) => void {
  const { width, top } = view;
  const plan = layOut(lineup, view);
  const strip = makeSurface(width, top);
  fill(strip, box(0, 0, width, top), STRIP);
  for (const team of [0, 1] as const) paintTeam(strip, team, plan.teams[team], plan);
  for (const letter of plan.dash.text.at(plan.dash.x, plan.textTop)) fill(strip, letter, INK);

  const clip: Clip = { left: 0, top: 0, right: width, bottom: top };
  const glyphs = new Map<string, { sprite: Sprite; advance: number }>();
  const glyph = (character: string): { sprite: Sprite; advance: number } => {
    let made = glyphs.get(character);
    if (made === undefined) {
      const text = setText(character, { size: plan.size, tabular: true });
      made = { sprite: textSprite(text, width), advance: text.width + plan.gap };
      glyphs.set(character, made);
    }
    return made;
  };
  const write = (surface: Surface, text: string, x: number): number => {
    let left = x;
    for (const character of text) {
      const { sprite, advance } = glyph(character);
      blit(surface, sprite, left, plan.textTop, clip);
      left += advance;
    }
    return left;
  };
  const restarts: Sprite[] = [];

  return (surface, { clockSeconds, score, mode, restartTeam }) => {
    surface.data.set(strip.data);
    write(surface, clockText(clockSeconds), plan.clock);
    const [left, right] = [scoreText(score[0]), scoreText(score[1])];
    write(surface, left, plan.dash.x - left.length * glyph("0").advance);
    write(surface, right, plan.dash.x + plan.dash.text.width + plan.gap);
    if (mode === "normal") return;
    const key = GAME_MODES.indexOf(mode) * 3 + restartTeam + 1;
    const sign = (restarts[key] ??= restartSprite(
      RESTARTS[mode][plan.shortRestarts ? 1 : 0],
      restartTeam,
      plan,
      width,
    ));
    blit(surface, sign, width - plan.pad - sign.width, plan.boxTop, clip);
  };
}

interface Plan {
  /** Text sizes of numbers and of names, gap between digits, space around things. */
  size: number;
  nameSize: number;
  gap: number;
  pad: number;
  textTop: number;
  boxTop: number;
  boxHeight: number;
  clock: number;
  dash: { x: number; text: Text };
  teams: readonly [TeamBox, TeamBox];
  shortRestarts: boolean;
}

interface TeamBox {
  left: number;
  width: number;
  name: Text;
}

/** From the left: clock, left team, score, right team; restarts at the right end. Names get the room that is left. */
function layOut({ teams }: Lineup, { width, top }: View): Plan {
  const size = Math.max(5, Math.floor(top * 0.6));
  const nameSize = Math.max(5, Math.floor(top * 0.46));
  const number = (text: string): Text => setText(text, { size, tabular: true });
  const name = (text: string): Text => setText(text, { size: nameSize });
  const pad = Math.max(1, Math.floor(top / 8));
  // In the lowest strips the boxes take all of it, for their letters need a rim.
  const boxTop = top < 10 ? 0 : pad;
  const boxHeight = top - 2 * boxTop;
  const dash = number("-");
  const gap = Math.round(number("00").width - 2 * number("0").width);
  const twoDigits = number("00").width + gap;
  const chip = Math.max(3, Math.floor(top / 3));
  const spacing = 2 * pad;
  const clockEnd = spacing + number("00:00").width;
  const scoreWidth = 2 * twoDigits + dash.width;
  const beside = Math.max(1, Math.round(top / 6));
  const fixed = clockEnd + 2 * spacing + scoreWidth + 2 * beside + 2 * chip;
  const signWidth = (short: 0 | 1): number =>
    Math.max(...Object.values(RESTARTS).map((restart) => name(restart[short]).width)) + 2 * spacing + spacing;
  const shortRestarts = fixed + signWidth(0) > width;
  const room = Math.max(0, (width - fixed - signWidth(shortRestarts ? 1 : 0)) / 2) + chip - spacing;
  const [leftName, rightName] = [shorten(teams[0].name, room, name), shorten(teams[1].name, room, name)];
  const boxWidth = (text: Text): number => (text.width === 0 ? chip : Math.ceil(text.width) + spacing);
  const left = clockEnd + spacing;
  const dashX = Math.round(left + boxWidth(leftName) + beside + twoDigits);
  return {
    size,
    nameSize,
    gap,
    pad,
    textTop: Math.floor((top - dash.height) / 2),
    boxTop,
    boxHeight,
    clock: spacing,
    dash: { x: dashX, text: dash },
    teams: [
      { left, width: boxWidth(leftName), name: leftName },
      {
        left: Math.round(dashX + dash.width + twoDigits + beside),
        width: boxWidth(rightName),
        name: rightName,
      },
    ],
    shortRestarts,
  };
}

/** As many letters of the name as fit; nothing when that would be less than three. */
function shorten(name: string, room: number, set: (text: string) => Text): Text {
  const characters = Array.from(name.trim());
  while (characters.length > 0 && set(characters.join("")).width > room) characters.pop();
  const short = characters.join("").trim();
  return set(characters.length < Math.min(3, name.trim().length) ? "" : short);
}

/** A box in the colours of the team's shirt, bands included, with the name on it. */
function paintTeam(
  strip: Surface,
  team: 0 | 1,
  { left, width, name }: TeamBox,
  { boxTop, boxHeight }: Plan,
): void {
  const kit = kitOf({ team, keeper: false });
  const right = left + width;
  const bottom = boxTop + boxHeight;
  fill(strip, box(left, boxTop, right, bottom), kit.shirt);
  const band = Math.max(1, Math.round(boxHeight / 9));
  const roomAbove = (boxHeight - name.height) / 2;
  if (kit.stripe && (name.width === 0 || roomAbove > band)) {
    fill(strip, box(left, boxTop, right, boxTop + band), kit.stripe);
    fill(strip, box(left, bottom - band, right, bottom), kit.stripe);
  }
  const x = Math.round(left + (width - name.width) / 2);
  const y = Math.round(boxTop + (boxHeight - name.height) / 2);
  for (const letter of name.at(x, y)) fill(strip, letter, kit.number);
}

/** The restart on the colour of the team whose it is. */
function restartSprite(
  label: string,
  team: -1 | 0 | 1,
  { nameSize, pad, boxHeight }: Plan,
  frameWidth: number,
): Sprite {
  const text = setText(label, { size: nameSize });
  const layer = makeLayer(Math.ceil(text.width) + 2 * pad, boxHeight);
  const kit = team === -1 ? { shirt: NEUTRAL, number: INK } : kitOf({ team, keeper: false });
  lay(layer, box(0, 0, layer.width, layer.height), kit.shirt);
  const y = Math.round((boxHeight - text.height) / 2);
  for (const letter of text.at(pad, y)) lay(layer, letter, kit.number);
  return makeSprite(layer, frameWidth);
}

function textSprite(text: Text, frameWidth: number): Sprite {
  const layer = makeLayer(Math.ceil(text.width), Math.ceil(text.height));
  for (const letter of text.at(0, 0)) lay(layer, letter, INK);
  return makeSprite(layer, frameWidth);
}
