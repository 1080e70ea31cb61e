/** @file `globals`, `eval` and `getattr`, with which a file looks at its own names. */
import { builtin } from "./builtin.ts";
import { notImported, type Place } from "./refusal.ts";
import { isThing, type Scope, type Value } from "./value.ts";

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
      builtin("eval", ({ positional: [text] }, _run, at) => {
        if (typeof text !== "string") throw notImported(at, "eval() takes a string");
        return read(text, at);
      }),
    ],
    [
      "getattr",
      builtin("getattr", ({ positional: [object = null, name, fallback] }, _run, at) => {
        if (typeof name !== "string") throw notImported(at, "getattr() takes the name of an attribute");
        if (isThing(object) && object.kind === "module") {
          const member = object.members.get(name) ?? fallback;
          if (member !== undefined) return member;
        }
        throw notImported(at, `getattr() finds no "${name}"`);
      }),
    ],
  ];
}
