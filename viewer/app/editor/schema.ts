/** @file The JSON Schema of scenarios as a form reads it: what kind of field a value is, and what a new one is. */

/** As much of JSON Schema as zod writes. */
export interface Schema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  prefixItems?: readonly Schema[];
  items?: Schema | boolean;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
}

export type Field =
  | { kind: "choice"; values: readonly string[] }
  | { kind: "switch" }
  | { kind: "number"; whole: boolean; low: number | undefined; high: number | undefined }
  | { kind: "text"; pattern: RegExp | undefined }
  /** So many values of a place each, such as a point. */
  | { kind: "tuple"; items: readonly Schema[] }
  /** Some of these. */
  | { kind: "several"; values: readonly string[] }
  | { kind: "list"; items: Schema; least: number; most: number }
  | { kind: "group"; properties: Readonly<Record<string, Schema>>; required: ReadonlySet<string> }
  /** A value for some of these names. */
  | { kind: "table"; names: readonly string[]; value: Schema }
  | { kind: "one-of"; schemas: readonly Schema[] }
  | { kind: "fixed"; value: unknown }
  /** Any data: as JSON. */
  | { kind: "data" };

/** Numbers that are only there because every integer has a largest one. */
const LARGEST = Number.MAX_SAFE_INTEGER;

export function fieldOf(schema: Schema): Field {
  const { anyOf, oneOf, type, items, prefixItems } = schema;
  const schemas = anyOf ?? oneOf;
  if (schemas !== undefined) return { kind: "one-of", schemas };
  if ("const" in schema) return { kind: "fixed", value: schema.const };
  if (schema.enum !== undefined) return { kind: "choice", values: schema.enum };
  switch (type) {
    case "null":
      return { kind: "fixed", value: null };
    case "boolean":
      return { kind: "switch" };
    case "integer":
    case "number": {
      const bound = (value: number | undefined) =>
        Math.abs(value ?? LARGEST) === LARGEST ? undefined : value;
      return {
        kind: "number",
        whole: type === "integer",
        low: bound(schema.minimum),
        high: bound(schema.maximum),
      };
    }
    case "string":
      return { kind: "text", pattern: schema.pattern === undefined ? undefined : new RegExp(schema.pattern) };
    case "array":
      if (prefixItems !== undefined) return { kind: "tuple", items: prefixItems };
      if (typeof items !== "object") return { kind: "data" };
      if (items.enum !== undefined) return { kind: "several", values: items.enum };
      return { kind: "list", items, least: schema.minItems ?? 0, most: schema.maxItems ?? Infinity };
    case "object":
      return objectField(schema);
    default:
      return { kind: "data" };
  }
}

function objectField({ properties, required, propertyNames, additionalProperties }: Schema): Field {
  if (properties !== undefined) return { kind: "group", properties, required: new Set(required) };
  const names = propertyNames?.enum;
  if (names === undefined || typeof additionalProperties !== "object") return { kind: "data" };
  return { kind: "table", names, value: additionalProperties };
}

/** A new value, as empty as it may be; texts by a pattern are taken from these. */
export function blankOf(schema: Schema, words: readonly string[] = []): unknown {
  if ("default" in schema) return structuredClone(schema.default);
  const field = fieldOf(schema);
  switch (field.kind) {
    case "choice":
      return field.values[0];
    case "switch":
      return true;
    case "number":
      return Math.min(field.high ?? LARGEST, Math.max(field.low ?? -LARGEST, field.whole ? 10 : 0));
    case "text":
      return words.find((word) => field.pattern?.test(word)) ?? "name";
    case "tuple":
      return field.items.map((item) => blankOf(item, words));
    case "several":
      return [];
    case "list":
      return Array.from({ length: field.least }, () => blankOf(field.items, words));
    case "group":
      return Object.fromEntries(
        [...field.required].map((key) => [key, blankOf(field.properties[key]!, words)] as const),
      );
    case "table":
    case "data":
      return {};
    case "one-of":
      return blankOf(field.schemas[0]!, words);
    default:
      return field.value;
  }
}

/** Which of the schemas a value is of: the first that it fits by its shape. */
export function branchOf(schemas: readonly Schema[], value: unknown): number {
  return Math.max(
    0,
    schemas.findIndex((schema) => fits(schema, value)),
  );
}

function fits(schema: Schema, value: unknown): boolean {
  const field = fieldOf(schema);
  switch (field.kind) {
    case "fixed":
      return value === field.value;
    case "choice":
      return field.values.includes(value as string);
    case "switch":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number";
    case "text":
      return typeof value === "string";
    case "tuple":
    case "several":
    case "list":
      return Array.isArray(value);
    case "one-of":
      return field.schemas.some((one) => fits(one, value));
    case "group": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
      const entries = Object.entries(field.properties);
      // What tells the kinds apart is what is fixed in each.
      return entries.every(([key, one]) => !field.required.has(key) || fits(one, Reflect.get(value, key)));
    }
    default:
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
}

/** What a kind is called where one is chosen. */
export function branchName(schema: Schema): string {
  const field = fieldOf(schema);
  switch (field.kind) {
    case "fixed":
      return field.value === null ? "none" : JSON.stringify(field.value).replaceAll('"', "");
    case "choice":
      return field.values.join(", ");
    case "number":
      return "a number";
    case "list":
      return "a list";
    case "group": {
      const telling = Object.values(field.properties).find((one) => "const" in one || one.enum !== undefined);
      if (telling !== undefined) return telling.enum?.join(" or ") ?? String(telling.const);
      return Object.keys(field.properties).join(", ");
    }
    default:
      return schema.title ?? field.kind;
  }
}

/** `ticksPerStep` as a person writes it. */
export function labelOf(key: string | number): string {
  if (typeof key === "number") return `${key + 1}`;
  const words = key
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
