/**
 * @file Bicubic resizing, bit for bit Pillow 13's `Image.resize((width, height), BICUBIC)` on RGB: a pass along the
 * rows and one along the columns, each in fixed-point numbers and rounded to bytes (Pillow, libImaging/Resample.c).
 */
import type { Picture } from "./picture.ts";

/** Fraction bits of a weight: 32, less 8 for the byte and 2 for overshoot. */
const PRECISION_BITS = 22;
const ONE = 2 ** PRECISION_BITS;
const HALF = ONE / 2;
/** How far the cubic reaches, in source pixels when enlarging. */
const REACH = 2;
/** Keys' cubic, with the slope that Pillow takes. */
const SLOPE = -0.5;

/** What each pixel of the result takes of the source: `taps[i]` weights from pixel `first[i]` on. */
interface Weights {
  first: Int32Array;
  taps: Int32Array;
  /** Row i starts at `i * most`. */
  most: number;
  values: Int32Array;
}

/** The picture at `width` x `height` pixels, both at least 1; the same data when that is its size already. */
export function resizeBicubic(picture: Picture, width: number, height: number): Picture {
  const down = picture.height - height;
  // Pillow 13's rule (its pull request 9549, found by trial); older ones always begin with the rows.
  if (down > 0 && down > 2 * (picture.width - width)) {
    return resizeWidth(resizeHeight(picture, height), width);
  }
  return resizeHeight(resizeWidth(picture, width), height);
}

function resizeWidth(picture: Picture, width: number): Picture {
  if (width === picture.width) return picture;
  const data = resizeRows(picture.data, picture.width, picture.height, weigh(picture.width, width));
  return { ...picture, width, data };
}

function resizeHeight(picture: Picture, height: number): Picture {
  if (height === picture.height) return picture;
  const data = resizeColumns(picture.data, picture.width, weigh(picture.height, height));
  return { ...picture, height, data };
}

/** When shrinking, the cubic is widened to cover all source pixels, so nothing aliases. */
function weigh(from: number, to: number): Weights {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const support = REACH * stretch;
  const most = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(to);
  const taps = new Int32Array(to);
  const values = new Int32Array(to * most);
  const exact = new Float64Array(most);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - support + 0.5), 0);
    const count = Math.min(Math.trunc(centre + support + 0.5), from) - start;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      // Pillow multiplies by the inverse; a division would round otherwise.
      exact[k] = cubic((k + start - centre + 0.5) * (1 / stretch));
      sum += exact[k]!;
    }
    for (let k = 0; k < count; k++) {
      const weight = sum === 0 ? exact[k]! : exact[k]! / sum;
      values[i * most + k] = Math.trunc(weight * ONE + (weight < 0 ? -0.5 : 0.5));
    }
    first[i] = start;
    taps[i] = count;
  }
  return { first, taps, most, values };
}

/** In the order of Pillow's operations, which the last bit depends on. */
function cubic(at: number): number {
  const x = Math.abs(at);
  if (x < 1) return ((SLOPE + 2) * x - (SLOPE + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * SLOPE;
  return 0;
}

function resizeRows(
  data: Uint8Array,
  fromWidth: number,
  height: number,
  { first, taps, most, values }: Weights,
): Uint8Array {
  const width = first.length;
  const result = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let source = (y * fromWidth + first[x]!) * 3;
      const start = x * most;
      for (let k = start; k < start + taps[x]!; k++, source += 3) {
        const weight = values[k]!;
        // The sums stay within 32 bits; saying so keeps the engine off floats.
        red = (red + data[source]! * weight) | 0;
        green = (green + data[source + 1]! * weight) | 0;
        blue = (blue + data[source + 2]! * weight) | 0;
      }
      const target = (y * width + x) * 3;
      result[target] = toByte(red);
      result[target + 1] = toByte(green);
      result[target + 2] = toByte(blue);
    }
  }
  return result;
}

/** Row by row of the source, which lies in memory that way. */
function resizeColumns(data: Uint8Array, width: number, { first, taps, most, values }: Weights): Uint8Array {
  const height = first.length;
  const stride = width * 3;
  const result = new Uint8Array(stride * height);
  const sums = new Int32Array(stride);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    for (let k = 0; k < taps[y]!; k++) {
      const weight = values[y * most + k]!;
      const source = (first[y]! + k) * stride;
      for (let i = 0; i < stride; i++) sums[i] = sums[i]! + data[source + i]! * weight;
    }
    for (let i = 0; i < stride; i++) result[y * stride + i] = toByte(sums[i]!);
  }
  return result;
}

function toByte(sum: number): number {
  const value = sum >> PRECISION_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
