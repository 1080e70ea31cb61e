/** @file Where two values differ, bit for bit: NaN equals NaN, and 0 is not -0. */

/** The first difference, as the end of a sentence that begins with its place; undefined when there is none. */
export function differenceOf(a: unknown, b: unknown, place: string): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (!isObject(a) || !isObject(b)) return `${place} is ${show(a)} and then ${show(b)}`;
  if (kindOf(a) !== kindOf(b)) return `${place} is ${kindOf(a)} and then ${kindOf(b)}`;
  if (ArrayBuffer.isView(a) || Array.isArray(a)) {
    return differenceOfLists(a as ArrayLike<unknown>, b as ArrayLike<unknown>, place);
  }
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = differenceOf(left[key], right[key], `${place}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function differenceOfLists(a: ArrayLike<unknown>, b: ArrayLike<unknown>, place: string): string | undefined {
  if (a.length !== b.length) return `${place} has ${a.length} parts and then ${b.length}`;
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i])) continue;
    const found = differenceOf(a[i], b[i], `${place}[${i}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (Object.is(value, -0)) return "-0";
  return isObject(value) ? `a value of kind ${kindOf(value)}` : String(value);
}
