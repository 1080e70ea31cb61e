/**
 * @file Shapes as signed distances: negative inside, in pixels. The distance at a pixel's centre gives its
 * coverage, so every edge is smooth. Only + - * / and the square root are used, which IEEE 754 rounds the same
 * way everywhere; that is what makes a picture the same bytes in Node and in a browser.
 */

export interface Shape {
  /** Bounds; nothing is painted outside of them, grown by half a pixel. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  distance(x: number, y: number): number;
}

export type Dot = readonly [x: number, y: number];

function around(x: number, y: number, radius: number, distance: Shape["distance"]): Shape {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius, distance };
}

export function disc(x: number, y: number, radius: number): Shape {
  return around(x, y, radius, (px, py) => {
    const dx = px - x;
    const dy = py - y;
    return Math.sqrt(dx * dx + dy * dy) - radius;
  });
}

/** A circle's line of this width, centred on `radius`. */
export function ring(x: number, y: number, radius: number, width: number): Shape {
  return around(x, y, radius + width / 2, (px, py) => {
    const dx = px - x;
    const dy = py - y;
    return Math.abs(Math.sqrt(dx * dx + dy * dy) - radius) - width / 2;
  });
}

/** A box with corners rounded by `radius` (0: square ones). */
export function box(left: number, top: number, right: number, bottom: number, radius = 0): Shape {
  const x = (left + right) / 2;
  const y = (top + bottom) / 2;
  const halfWidth = (right - left) / 2 - radius;
  const halfHeight = (bottom - top) / 2 - radius;
  const distance = (px: number, py: number): number => {
    const dx = Math.abs(px - x) - halfWidth;
    const dy = Math.abs(py - y) - halfHeight;
    if (dx <= 0 || dy <= 0) return Math.max(dx, dy) - radius;
    return Math.sqrt(dx * dx + dy * dy) - radius;
  };
  return { left, top, right, bottom, distance };
}

/** A line between two dots with round ends. */
export function capsule([ax, ay]: Dot, [bx, by]: Dot, radius: number): Shape {
  const ux = bx - ax;
  const uy = by - ay;
  const length2 = ux * ux + uy * uy;
  const distance = (px: number, py: number): number => {
    const dx = px - ax;
    const dy = py - ay;
    const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (dx * ux + dy * uy) / length2));
    const ex = dx - along * ux;
    const ey = dy - along * uy;
    return Math.sqrt(ex * ex + ey * ey) - radius;
  };
  return {
    left: Math.min(ax, bx) - radius,
    top: Math.min(ay, by) - radius,
    right: Math.max(ax, bx) + radius,
    bottom: Math.max(ay, by) + radius,
    distance,
  };
}

/** A convex polygon, its dots clockwise in the picture. */
export function polygon(dots: readonly Dot[]): Shape {
  const edges = dots.map(([ax, ay], i) => {
    const [bx, by] = dots[(i + 1) % dots.length]!;
    const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
    return { ax, ay, nx: (by - ay) / length, ny: (ax - bx) / length };
  });
  const xs = dots.map((dot) => dot[0]);
  const ys = dots.map((dot) => dot[1]);
  const distance = (px: number, py: number): number => {
    let d = -Infinity;
    for (const { ax, ay, nx, ny } of edges) d = Math.max(d, (px - ax) * nx + (py - ay) * ny);
    return d;
  };
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
    distance,
  };
}

export function union(shapes: readonly Shape[]): Shape {
  return {
    left: Math.min(...shapes.map((shape) => shape.left)),
    top: Math.min(...shapes.map((shape) => shape.top)),
    right: Math.max(...shapes.map((shape) => shape.right)),
    bottom: Math.max(...shapes.map((shape) => shape.bottom)),
    distance(x, y) {
      let d = Infinity;
      for (const shape of shapes) d = Math.min(d, shape.distance(x, y));
      return d;
    },
  };
}

/** What lies in both. */
export function both(a: Shape, b: Shape): Shape {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
    distance: (x, y) => Math.max(a.distance(x, y), b.distance(x, y)),
  };
}

/** What lies in `a` and not in `b`. */
export function without(a: Shape, b: Shape): Shape {
  return { ...a, distance: (x, y) => Math.max(a.distance(x, y), -b.distance(x, y)) };
}
