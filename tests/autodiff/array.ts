/** @file Arrays in float64: what the second computation of every operator is written in, apart from onnxruntime. */
import { sizeOf } from "../../agent/graph/index.ts";

export interface Numbers {
  readonly shape: readonly number[];
  /** In the order of C. */
  readonly values: readonly number[];
}

export type Index = readonly number[];

/** The array whose element at each index is `f` of it. */
export function tabulate(shape: readonly number[], f: (index: Index) => number): Numbers {
  const values = Array.from({ length: sizeOf(shape) }, (_, place) => f(indexOf(place, shape)));
  return { shape, values };
}

function indexOf(place: number, shape: readonly number[]): Index {
  let rest = place;
  return shape
    .toReversed()
    .map((length) => {
      const at = rest % length;
      rest = Math.floor(rest / length);
      return at;
    })
    .reverse();
}

/** The element at an index of what `x` is stretched to: axes count from the last, those of length 1 repeat. */
export function at({ shape, values }: Numbers, index: Index): number {
  const skipped = index.length - shape.length;
  const place = shape.reduce(
    (sum, length, axis) => sum * length + (length === 1 ? 0 : index[axis + skipped]!),
    0,
  );
  return values[place]!;
}

/** What shapes that go together are stretched to. */
export function stretched(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    return lengths.find((length) => length !== 1) ?? 1;
  });
}

export function elementwise(f: (...numbers: number[]) => number): (...arrays: Numbers[]) => Numbers {
  return (...arrays) =>
    tabulate(stretched(...arrays.map(({ shape }) => shape)), (index) =>
      f(...arrays.map((x) => at(x, index))),
    );
}

/** `f` of the elements that differ in these axes alone. */
export function reduced(
  x: Numbers,
  axes: readonly number[],
  keep: boolean,
  f: (values: readonly number[]) => number,
): Numbers {
  const own = x.shape.map((length, axis) => (axes.includes(axis) ? length : 1));
  const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const { values } = tabulate(kept, (index) =>
    f(
      tabulate(own, (inner) =>
        at(
          x,
          index.map((place, axis) => place + inner[axis]!),
        ),
      ).values,
    ),
  );
  return { shape: keep ? kept : x.shape.filter((_, axis) => !axes.includes(axis)), values };
}

export function transposed(x: Numbers, order: readonly number[]): Numbers {
  const shape = order.map((axis) => x.shape[axis]!);
  return tabulate(shape, (index) =>
    at(
      x,
      order.map((_, axis) => index[order.indexOf(axis)]!),
    ),
  );
}

/** Matrices by their last two axes, stretched in the others. */
export function product(a: Numbers, b: Numbers): Numbers {
  const inner = a.shape.at(-1)!;
  const batch = stretched(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return tabulate([...batch, a.shape.at(-2)!, b.shape.at(-1)!], (index) => {
    const [row, column] = index.slice(-2) as [number, number];
    const around = index.slice(0, -2);
    return sum(
      Array.from({ length: inner }, (_, k) => at(a, [...around, row, k]) * at(b, [...around, k, column])),
    );
  });
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
