/** @file The pitch as television shows it from above: mown grass in low light, crisp lines, goals with nets. */
import { marksOf, type PitchSize } from "../../../env/frame/index.ts";
import type { View } from "./view.ts";

type Context = CanvasRenderingContext2D;

/** Centimetres. */
const LINE = 13;
const STRIPES = 20;
const CROSS_STRIPES = 12;

export function paintGround(context: Context, pitch: PitchSize, view: View): void {
  paintGrass(context, pitch, view);
  paintLight(context, view);
  paintLines(context, pitch, view);
  for (const side of [-1, 1]) paintGoal(context, pitch, view, side);
}

function paintGrass(context: Context, pitch: PitchSize, view: View): void {
  const { width, height } = view;
  context.fillStyle = "#1d5a35";
  context.fillRect(0, 0, width, height);
  // Two directions of mowing: bands across the pitch, and fainter ones along it.
  const band = (2 * pitch.halfLength * view.scale) / STRIPES;
  const first = view.x(-pitch.halfLength);
  for (let i = -2; i < STRIPES + 2; i++) {
    context.fillStyle = i % 2 === 0 ? "#2b8a49" : "#257d40";
    context.fillRect(
      Math.round(first + i * band),
      0,
      Math.round(first + (i + 1) * band) - Math.round(first + i * band),
      height,
    );
  }
  const strip = (2 * pitch.halfWidth * view.scale) / CROSS_STRIPES;
  context.fillStyle = "rgba(255, 255, 255, 0.028)";
  for (let i = -1; i < CROSS_STRIPES + 2; i += 2) {
    context.fillRect(0, Math.round(view.y(-pitch.halfWidth) + i * strip), width, Math.round(strip));
  }
  context.save();
  context.fillStyle = context.createPattern(grain(), "repeat") ?? "transparent";
  context.scale(1 / view.density, 1 / view.density);
  context.fillRect(0, 0, width * view.density, height * view.density);
  context.restore();
  // The run-off is darker, so that the field stands out.
  context.fillStyle = "rgba(6, 32, 18, 0.34)";
  const edge = 110 * view.scale;
  context.beginPath();
  context.rect(0, 0, width, height);
  context.roundRect(
    view.x(-pitch.halfLength) - edge,
    view.y(-pitch.halfWidth) - edge,
    2 * pitch.halfLength * view.scale + 2 * edge,
    2 * pitch.halfWidth * view.scale + 2 * edge,
    4,
  );
  context.fill("evenodd");
}

/** Blades of grass: the same faint grain every time. */
function grain(): HTMLCanvasElement {
  const size = 128;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(size, size);
  let seed = 7;
  for (let i = 0; i < image.data.length; i += 4) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const light = seed >>> 31;
    image.data[i] = image.data[i + 1] = image.data[i + 2] = light * 255;
    image.data[i + 3] = ((seed >>> 16) & 15) + 1;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Floodlights: brighter in the middle, darker at the corners. */
function paintLight(context: Context, { width, height }: View): void {
  const light = context.createRadialGradient(
    width / 2,
    height * 0.42,
    0,
    width / 2,
    height / 2,
    width * 0.62,
  );
  light.addColorStop(0, "rgba(226, 255, 170, 0.11)");
  light.addColorStop(0.55, "rgba(226, 255, 170, 0)");
  light.addColorStop(1, "rgba(0, 18, 10, 0.34)");
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
}

function paintLines(context: Context, pitch: PitchSize, view: View): void {
  const { halfLength, halfWidth } = pitch;
  const { circle, penaltySpot, penaltyArea, goalArea, corner } = marksOf(pitch);
  const line = Math.max(1.25, LINE * view.scale);
  context.save();
  context.strokeStyle = context.fillStyle = "rgba(255, 255, 255, 0.86)";
  context.lineWidth = line;
  context.lineJoin = "miter";
  const rectangle = (x1: number, y1: number, x2: number, y2: number): void => {
    const [left, right] = [snap(view.x(Math.min(x1, x2)), line), snap(view.x(Math.max(x1, x2)), line)];
    const [top, bottom] = [snap(view.y(Math.min(y1, y2)), line), snap(view.y(Math.max(y1, y2)), line)];
    context.strokeRect(left, top, right - left, bottom - top);
  };
  const arc = (x: number, y: number, radius: number, from = 0, to = Math.PI * 2): void => {
    context.beginPath();
    context.arc(x, y, radius, from, to);
    context.stroke();
  };
  const dot = (x: number, y: number): void => {
    context.beginPath();
    context.arc(x, y, line * 1.35, 0, Math.PI * 2);
    context.fill();
  };
  rectangle(-halfLength, -halfWidth, halfLength, halfWidth);
  context.beginPath();
  context.moveTo(snap(view.x(0), line), view.y(-halfWidth));
  context.lineTo(snap(view.x(0), line), view.y(halfWidth));
  context.stroke();
  arc(snap(view.x(0), line), view.y(0), circle * view.scale);
  dot(snap(view.x(0), line), view.y(0));
  for (const side of [-1, 1]) {
    const goalLine = side * halfLength;
    const inwards = (depth: number): number => goalLine - side * depth;
    for (const { depth, halfWidth: edge } of [penaltyArea, goalArea]) {
      rectangle(goalLine, -edge, inwards(depth), edge);
    }
    const spot = view.x(inwards(penaltySpot));
    dot(spot, view.y(0));
    const half = Math.acos((penaltyArea.depth - penaltySpot) / circle);
    const middle = side > 0 ? Math.PI : 0;
    arc(spot, view.y(0), circle * view.scale, middle - half, middle + half);
    for (const end of [-1, 1]) {
      const from = side < 0 ? (end < 0 ? 0 : -Math.PI / 2) : end < 0 ? Math.PI / 2 : Math.PI;
      arc(view.x(goalLine), view.y(end * halfWidth), corner * view.scale, from, from + Math.PI / 2);
    }
  }
  context.restore();
}

function paintGoal(context: Context, pitch: PitchSize, view: View, side: number): void {
  const line = view.x(side * pitch.halfLength);
  const back = view.x(side * (pitch.halfLength + pitch.goalDepth));
  const top = view.y(-pitch.goalHalfWidth);
  const bottom = view.y(pitch.goalHalfWidth);
  const [left, right] = [Math.min(line, back), Math.max(line, back)];
  const post = Math.max(2, 16 * view.scale);
  context.save();
  context.fillStyle = "rgba(0, 20, 10, 0.35)";
  context.fillRect(left + 2, top + 3, right - left, bottom - top);
  context.fillStyle = "rgba(255, 255, 255, 0.10)";
  context.fillRect(left, top, right - left, bottom - top);
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  // The net hangs back, so its mesh is a lattice on the slant.
  context.strokeStyle = "rgba(255, 255, 255, 0.34)";
  context.lineWidth = 0.7;
  const mesh = Math.max(3.4, 42 * view.scale);
  const reach = bottom - top + (right - left);
  context.beginPath();
  for (let i = -reach; i < reach; i += mesh) {
    context.moveTo(left, top + i);
    context.lineTo(right, top + i + (right - left));
    context.moveTo(left, top + i + (right - left));
    context.lineTo(right, top + i);
  }
  context.stroke();
  context.restore();
  context.save();
  context.lineCap = "round";
  context.strokeStyle = "rgba(255, 255, 255, 0.55)";
  context.lineWidth = Math.max(1, post * 0.5);
  context.beginPath();
  context.moveTo(line, top);
  context.lineTo(back, top);
  context.lineTo(back, bottom);
  context.lineTo(line, bottom);
  context.stroke();
  context.shadowColor = "rgba(0, 20, 10, 0.6)";
  context.shadowBlur = 4;
  context.shadowOffsetX = context.shadowOffsetY = 1.5;
  context.strokeStyle = "#ffffff";
  context.lineWidth = post;
  context.beginPath();
  context.moveTo(line, top - post / 2);
  context.lineTo(line, bottom + post / 2);
  context.stroke();
  context.restore();
}

/** To where a line of this width covers whole pixels. */
function snap(value: number, line: number): number {
  return line < 2 ? Math.round(value - 0.5) + 0.5 : value;
}
