/**
 * @file Arithmetic that gives the same bits in every engine. IEEE 754 fixes + - * / and the square root only;
 * `Math.sin`, `Math.exp` and the like may differ between Node and browsers and are banned in `env/`.
 */

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** e to the power of x for x in [-3, 3], relative error under 1e-6: a Taylor series of x / 8, squared three times. */
export function exponential(x: number): number {
  const y = x / 8;
  let e = 1 + (y / 6) * (1 + y / 7);
  for (let k = 5; k >= 1; k--) e = 1 + (y / k) * e;
  e *= e;
  e *= e;
  return e * e;
}

/**
 * The direction of a vector in 256 parts of a turn: 0 along +x, 64 along +y. Exact at the eight main
 * directions, within half a part elsewhere (arc tangent after Rajan et al. 2006, "Efficient approximations
 * for the arctangent function").
 */
export function turnOf(x: number, y: number): number {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  if (ax + ay === 0) return 0;
  const t = ax > ay ? ay / ax : ax / ay;
  // atan(t) in units of 1/256 turn: 32 t + 0.2447 and 0.0663 radians times 256 / (2 pi).
  const eighth = t * (32 - (t - 1) * (9.97 + 2.701 * t));
  const quarter = ax >= ay ? eighth : 64 - eighth;
  const half = x >= 0 ? quarter : 128 - quarter;
  return Math.round(y >= 0 ? half : 256 - half) & 255;
}

/** Distance from a point to the segment a-b. */
export function distanceToSegment(
  px: number,
  py: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : clamp(((px - ax) * dx + (py - ay) * dy) / square, 0, 1);
  return length(px - ax - t * dx, py - ay - t * dy);
}
