/** @file `globals` and `eval`, with which a file looks at its own names, and `getattr` and its like at those of others. */
import { bind } from "./argument.ts";
import { builtin, unread } from "./builtin.ts";
import { notImported, type Place } from "./refusal.ts";
import { isThing, known, type Scope, typeName, type Value } from "./value.ts";

/** @param scope the names of the file. */
export function lookingInto(scope: () => Scope, read: (text: string, at: Place) => Value): [string, Value][] {
  return [
    [
      "globals",
      builtin("globals", () => {
        const entries = [...scope().names].map(([key, value]): [string, [Value, Value]] => [
          `s${key}`,
          [key, value],
        ]);
        return { kind: "dict", entries: new Map(entries) };
      }),
    ],
    [
      "eval",
      builtin("eval", (args, _run, at) => {
        const [text] = bind("eval", ["source"], args, at);
        if (typeof text !== "string") throw notImported(at, "eval() takes a string");
        return read(text, at);
      }),
    ],
    [
      "getattr",
      builtin("getattr", (args, _run, at) => {
        const [object, text, fallback] = bind("getattr", ["object", "name", "default?"], args, at);
        const name = nameOf("getattr", text!, at);
        known(object!);
        if (isThing(object!) && object.kind === "host")
          return fallback === undefined || object.has(name) ? object.get(name, at) : fallback;
        const member = isThing(object!) && object.kind === "module" ? object.members.get(name) : undefined;
        if (member !== undefined) return member;
        // Of GRF's enums all is known; another module may well have what is not read here.
        const whole = isThing(object!) && object.kind === "module" && object.name.startsWith("e_");
        if (whole && fallback !== undefined) return fallback;
        throw notImported(at, `getattr() finds no "${name}" that is read here`);
      }),
    ],
    [
      "hasattr",
      builtin("hasattr", (args, _run, at) => {
        const [object, text] = bind("hasattr", ["object", "name"], args, at);
        const name = nameOf("hasattr", text!, at);
        return isThing(object!) && object.kind === "host" ? object.has(name) : unread("hasattr", at);
      }),
    ],
    [
      "setattr",
      builtin("setattr", (args, _run, at) => {
        const [object, text, value] = bind("setattr", ["object", "name", "value"], args, at);
        const name = nameOf("setattr", text!, at);
        if (isThing(object!) && object.kind === "host") object.set(name, value!, at);
        else throw notImported(at, `setattr() of a value of type ${typeName(object!)} is not followed`);
        return null;
      }),
    ],
  ];
}

function nameOf(of: string, name: Value, at: Place): string {
  known(name);
  if (typeof name !== "string") throw notImported(at, `${of}() takes the name of an attribute`);
  return name;
}
