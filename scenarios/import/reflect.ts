/** @file `globals`, `eval` and `getattr`, with which a file looks at its own names. */
import { bind } from "./argument.ts";
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
      builtin("eval", (args, _run, at) => {
        const [text] = bind("eval", ["source"], args, at);
        if (typeof text !== "string") throw notImported(at, "eval() takes a string");
        return read(text, at);
      }),
    ],
    [
      "getattr",
      builtin("getattr", (args, _run, at) => {
        const [object, name, fallback] = bind("getattr", ["object", "name", "default?"], args, at);
        if (typeof name !== "string") throw notImported(at, "getattr() takes the name of an attribute");
        if (isThing(object!) && object.kind === "module") {
          const member = object.members.get(name) ?? fallback;
          if (member !== undefined) return member;
        }
        throw notImported(at, `getattr() finds no "${name}"`);
      }),
    ],
  ];
}
