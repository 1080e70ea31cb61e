/**
 * @file A match the size of a stamp: the lines, a dot for each player, the ball. There may be 64 of them: what is the same in all
 * is drawn once and copied.
 */
import { kitOf, marksOf } from "../../../env/frame/index.ts";
import type { Lineup, PitchSize, PlayerSheet } from "../../../env/frame/index.ts";
import { css } from "./token.ts";

type Context = CanvasRenderingContext2D;

/** Room around the lines, in CSS pixels. */
const MARGIN = 5;
/** Half the side of a picture of a player or the ball, in CSS pixels. */
const SIGN = 4;
/** Kept pitches: mostly all are of one size. */
const GROUNDS_MAX = 16;

/** What of a scene, or of a tile of the wall, a small picture shows. */
export interface Seen {
  half?: number;
  ball: { x: number; y: number };
  figures: readonly { x: number; y: number; sentOff: boolean }[];
}

interface Size {
  width: number;
  height: number;
  density: number;
}

const grounds = new Map<string, HTMLCanvasElement>();
const signs = new Map<string, HTMLCanvasElement>();

/** In CSS pixels. Empties the picture when it was of another size. */
export function sizeThumbnail(canvas: HTMLCanvasElement, width: number, height: number): void {
  const density = densityOf();
  const [across, down] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width === across && canvas.height === down) return;
  canvas.width = across;
  canvas.height = down;
}

export function paintThumbnail(canvas: HTMLCanvasElement, lineup: Lineup, scene: Seen | undefined): void {
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null || canvas.width === 0 || canvas.height === 0) return;
  const density = densityOf();
  const size = { width: canvas.width / density, height: canvas.height / density, density };
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(groundOf(lineup.pitch, size), 0, 0);
  if (scene === undefined) return;
  // The teams change ends at half-time.
  const scale = scaleOf(lineup.pitch, size) * (scene.half === 2 ? -1 : 1);
  // On whole pixels a sign is copied as it is, and nothing is mixed.
  const put = (sign: HTMLCanvasElement, { x, y }: { x: number; y: number }): void =>
    context.drawImage(
      sign,
      Math.round((size.width / 2 + x * scale - SIGN) * density),
      Math.round((size.height / 2 + y * scale - SIGN) * density),
    );
  scene.figures.forEach((figure, i) => {
    const sheet = lineup.players[i];
    if (!figure.sentOff && sheet !== undefined) put(playerSign(sheet, density), figure);
  });
  put(ballSign(density), scene.ball);
}

function densityOf(): number {
  return Math.min(3, devicePixelRatio || 1);
}

function scaleOf({ halfLength, halfWidth }: PitchSize, { width, height }: Size): number {
  return Math.min((width - 2 * MARGIN) / (2 * halfLength), (height - 2 * MARGIN) / (2 * halfWidth));
}

function groundOf(pitch: PitchSize, size: Size): HTMLCanvasElement {
  const { width, height, density } = size;
  const key = `${pitch.halfLength} ${pitch.halfWidth} ${pitch.goalHalfWidth} ${width} ${height} ${density}`;
  const known = grounds.get(key);
  if (known !== undefined) return known;
  if (grounds.size >= GROUNDS_MAX) grounds.clear();
  const ground = picture(width, height, density, (context) => paintGround(context, pitch, size));
  grounds.set(key, ground);
  return ground;
}

function playerSign(sheet: PlayerSheet, density: number): HTMLCanvasElement {
  const { team, keeper } = sheet;
  return signOf(`${team} ${keeper} ${density}`, density, (context) => {
    const kit = kitOf(sheet);
    const sign = team === 0 ? disc : square;
    context.fillStyle = css(kit.rim);
    sign(context, 2.9);
    context.fillStyle = css(kit.shirt);
    sign(context, 2.2);
  });
}

function ballSign(density: number): HTMLCanvasElement {
  return signOf(`ball ${density}`, density, (context) => {
    context.fillStyle = "rgba(0, 20, 10, 0.8)";
    disc(context, 2.1);
    context.fillStyle = "#fff";
    disc(context, 1.5);
  });
}

function signOf(key: string, density: number, draw: (context: Context) => void): HTMLCanvasElement {
  const known = signs.get(key);
  if (known !== undefined) return known;
  const sign = picture(2 * SIGN, 2 * SIGN, density, (context) => {
    context.translate(SIGN, SIGN);
    draw(context);
  });
  signs.set(key, sign);
  return sign;
}

/** Drawn in CSS pixels. */
function picture(
  width: number,
  height: number,
  density: number,
  draw: (context: Context) => void,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.scale(density, density);
  draw(context);
  return canvas;
}

function paintGround(context: Context, pitch: PitchSize, size: Size): void {
  const { width, height } = size;
  const { halfLength, halfWidth, goalHalfWidth } = pitch;
  const { circle, penaltyArea } = marksOf(pitch);
  const scale = scaleOf(pitch, size);
  const x = (centimetres: number) => width / 2 + centimetres * scale;
  const y = (centimetres: number) => height / 2 + centimetres * scale;
  context.fillStyle = "#277a43";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "rgba(255, 255, 255, 0.05)";
  for (let i = 0; i < 10; i += 2) context.fillRect((i * width) / 10, 0, width / 10, height);
  context.strokeStyle = "rgba(255, 255, 255, 0.55)";
  context.lineWidth = 1;
  context.strokeRect(x(-halfLength), y(-halfWidth), 2 * halfLength * scale, 2 * halfWidth * scale);
  context.beginPath();
  context.moveTo(x(0), y(-halfWidth));
  context.lineTo(x(0), y(halfWidth));
  context.moveTo(x(0) + circle * scale, y(0));
  context.arc(x(0), y(0), circle * scale, 0, Math.PI * 2);
  for (const side of [-1, 1]) {
    context.rect(
      x(side * halfLength),
      y(-penaltyArea.halfWidth),
      -side * penaltyArea.depth * scale,
      2 * penaltyArea.halfWidth * scale,
    );
  }
  context.stroke();
  context.fillStyle = "#fff";
  for (const side of [-1, 1]) {
    context.fillRect(
      x(side * halfLength) - (side < 0 ? 2 : 0),
      y(-goalHalfWidth),
      2,
      2 * goalHalfWidth * scale,
    );
  }
}

function disc(context: Context, radius: number): void {
  context.beginPath();
  context.arc(0, 0, radius, 0, Math.PI * 2);
  context.fill();
}

function square(context: Context, half: number): void {
  context.fillRect(-half * 0.92, -half * 0.92, half * 1.84, half * 1.84);
}
