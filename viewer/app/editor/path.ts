/** @file Values of plain data by the path to them. What is changed is copied, what is not is shared. */

export type Path = readonly (string | number)[];

export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** The data with another value there; an undefined one takes the key, or the item of a list, away. */
export function put<T>(data: T, path: Path, value: unknown): T {
  return putAny(data, path, value) as T;
}

function putAny(data: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = rest.length === 0 ? value : putAny(valueAt(data, [key]), rest, value);
  if (Array.isArray(data)) {
    const copy: unknown[] = [...data];
    if (inner === undefined) copy.splice(Number(key), 1);
    else copy[Number(key)] = inner;
    return copy;
  }
  const before: object = typeof data === "object" && data !== null ? data : {};
  if (inner !== undefined) return { ...before, [key]: inner };
  return Object.fromEntries(Object.entries(before).filter(([other]) => other !== String(key)));
}

export function startsWith(path: Path, start: Path): boolean {
  return start.every((key, i) => String(path[i]) === String(key));
}

/** For ids in the page. */
export function pathKey(path: Path): string {
  return `field-${path.join("-")}`;
}
