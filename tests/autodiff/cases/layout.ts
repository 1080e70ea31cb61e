/** @file Cases of operators that move elements. */
import { times } from "../../../agent/graph/index.ts";
import * as ops from "../../../agent/graph/ops/index.ts";
import { chance, integer } from "../../../env/random.ts";
import { ints } from "../../model/evaluate.ts";
import { at, tabulate, transposed } from "../array.ts";
import {
  type Axis,
  dimensionsOf,
  drawAxes,
  drawAxis,
  drawNumbers,
  fixedAxis,
  lengthsOf,
  ONE,
  shuffled,
  thinned,
} from "../draw.ts";
import type { OpCase } from "./case.ts";

/** Neighbours become one axis or stay two, and axes of length 1 come between. */
export const Reshape: OpCase = (random, draw) => {
  const axes = drawAxes(random, draw % 6);
  const target: Axis[] = [];
  for (const axis of axes) {
    if (chance(random, 0.3)) target.push(ONE);
    const before = chance(random, 0.4) ? target.pop() : undefined;
    target.push(before ? joined(before, axis) : axis);
  }
  return {
    parameters: [drawNumbers(random, axes)],
    build: (g, x) => ops.reshape(g, x, dimensionsOf(target)),
    reference: (x) => ({ shape: lengthsOf(target), values: x.values }),
  };
};

export const Transpose: OpCase = (random, draw) => {
  const axes = drawAxes(random, draw % 6);
  // Every other draw turns all axes round: from three on, that is not its own way back.
  const order =
    draw % 2 === 1 ? axes.map((_, axis) => (axis + 1) % axes.length) : shuffled(random, [...axes.keys()]);
  return {
    parameters: [drawNumbers(random, axes)],
    build: (g, x) => ops.transpose(g, x, order),
    reference: (x) => transposed(x, order),
  };
};

export const Expand: OpCase = (random, draw) => {
  const axes = drawAxes(random, draw % 6);
  // Names are read off inputs.
  const names = drawNumbers(random, axes);
  return {
    parameters: [drawNumbers(random, thinned(random, axes))],
    others: [names],
    build: (g, x) => ops.expand(g, x, dimensionsOf(axes)),
    reference: (x) => tabulate(lengthsOf(axes), (index) => at(x, index)),
  };
};

export const Concat: OpCase = (random, draw) => {
  const axes = drawAxes(random, 1 + (draw % 5));
  const axis = integer(random, axes.length);
  const parts = Array.from({ length: 2 + integer(random, 3) }, (_, i) =>
    axes.with(axis, drawAxis(random, `part${i}`)),
  );
  const length = parts.reduce((total, part) => total + part[axis]!.length, 0);
  return {
    parameters: parts.map((part) => drawNumbers(random, part)),
    build: (g, ...values) => ops.concat(g, values, chance(random, 0.5) ? axis : axis - axes.length),
    reference: (...values) =>
      tabulate(lengthsOf(axes).with(axis, length), (index) => {
        let place = index[axis]!;
        const part = values.find(({ shape }) => place < shape[axis]! || ((place -= shape[axis]!), false))!;
        return at(part, index.with(axis, place));
      }),
  };
};

/** Bounds from the front, and from the end where the length is a number. */
export const Slice: OpCase = (random, draw) => {
  const axes = drawAxes(random, 1 + (draw % 5));
  const axis = integer(random, axes.length);
  const length = 2 + integer(random, 4);
  const named = chance(random, 0.5);
  axes[axis] = named ? { length, dimension: "sliced" } : fixedAxis(length);
  const [start, end] = [integer(random, length), integer(random, length)].toSorted((a, b) => a - b) as [
    number,
    number,
  ];
  const bound = (place: number): number => (!named && chance(random, 0.5) ? place - length : place);
  const [from, to] = [bound(start), end + 1 === length ? length : bound(end + 1)];
  return {
    parameters: [drawNumbers(random, axes)],
    build: (g, x) => ops.slice(g, x, axis, from, to),
    reference: (x) =>
      tabulate(lengthsOf(axes).with(axis, end + 1 - start), (index) =>
        at(x, index.with(axis, index[axis]! + start)),
      ),
  };
};

/** Any rows any number of times; every other draw each once at most, with the way back. */
export const Gather: OpCase = (random, draw) => {
  const table = [drawAxis(random, "rows", 5), ...drawAxes(random, integer(random, 3))];
  const rows = table[0]!.length;
  const places = drawAxes(random, integer(random, 4), "index");
  const count = lengthsOf(places).reduce((a, b) => a * b, 1);
  const once = draw % 2 === 1 && count <= rows;
  const all = shuffled(random, [...Array(rows).keys()]);
  const indices = Array.from({ length: count }, (_, i) => (once ? all[i]! : integer(random, rows)));
  const way = Array.from({ length: rows }, (_, row) => indices.indexOf(row));
  const width = table.length - 1;
  return {
    parameters: [drawNumbers(random, table)],
    others: [
      ints(lengthsOf(places), indices, dimensionsOf(places)),
      ...(once ? [ints([rows], way, dimensionsOf(table.slice(0, 1)))] : []),
    ],
    build: (g, x, which, inverse) => ops.gather(g, x, which, inverse),
    reference: (x, which) =>
      tabulate([...which.shape, ...x.shape.slice(1)], (index) => {
        const split = index.length - width;
        return at(x, [at(which, index.slice(0, split)), ...index.slice(split)]);
      }),
  };
};

export const GatherElements: OpCase = (random, draw) => {
  const axes = drawAxes(random, 1 + (draw % 5));
  const axis = integer(random, axes.length);
  const own = axes.with(axis, drawAxis(random, "index", 4));
  const count = lengthsOf(own).reduce((a, b) => a * b, 1);
  const indices = Array.from({ length: count }, () => integer(random, axes[axis]!.length));
  return {
    parameters: [drawNumbers(random, axes)],
    others: [ints(lengthsOf(own), indices, dimensionsOf(own))],
    build: (g, x, which) =>
      g.node("GatherElements", [x, which], [{ type: "float32", shape: which.shape }], {
        axis: { kind: "int", value: axis },
      })[0]!,
    reference: (x, which) => tabulate(which.shape, (index) => at(x, index.with(axis, at(which, index)))),
  };
};

function joined(a: Axis, b: Axis): Axis {
  return { length: a.length * b.length, dimension: times(a.dimension, b.dimension) };
}
