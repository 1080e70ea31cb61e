/** @file Runs the statements of a file: first the whole file, then the functions that are asked for. */
import { BUILTINS } from "./builtin.ts";
import type { Source } from "./chance.ts";
import { Evaluator, homeOf, scopeIn } from "./evaluate.ts";
import { isArray, placeIn, windowAt } from "./array.ts";
import { fill } from "./broadcast.ts";
import { changedInPlace } from "./in-place.ts";
import { itemAt } from "./item.ts";
import { itemsOf, nextOf } from "./iterate.ts";
import { moduleOf, SCENARIO_NAMES } from "./module.ts";
import { binary } from "./operator.ts";
import { lookingInto } from "./reflect.ts";
import { notImported, type Place, placeText, Refusal } from "./refusal.ts";
import { parseExpression } from "./statement.ts";
import type { Expression, Import, Statement } from "./syntax.ts";
import { isThing, keyOf, known, type Scope, truth, typeName, type Unknown, type Value } from "./value.ts";
import { namesIn, relocated } from "./walk.ts";

/** How a statement ends that does not just go on. */
type Ending = "break" | "continue" | { value: Value };

export class Interpreter extends Evaluator {
  /** The names of the file. */
  readonly file: Scope = scopeIn(null);
  /** What of the file was passed over. */
  readonly notes: string[] = [];
  readonly #sources: { python: Source; numpy: Source };

  constructor(sources: { python: Source; numpy: Source }) {
    super(
      new Map([
        ...BUILTINS,
        ...SCENARIO_NAMES,
        ...lookingInto(
          () => this.file,
          (text, at) => this.#read(text, at),
        ),
      ]),
    );
    this.#sources = sources;
    this.file.names.set("__name__", "scenario");
  }

  #read(text: string, at: Place): Value {
    if (text.length > 1000) throw notImported(at, "eval() is given more than 1000 characters");
    const value = parseExpression(text);
    return this.evaluate(relocated(value, at), this.here ?? this.file);
  }

  /**
   * Runs a file. A statement that cannot be followed makes unknown what it names, and the import stops only where
   * that decides something: files hold much that no scenario needs.
   */
  runFile(statements: readonly Statement[]): void {
    for (const statement of statements) {
      try {
        this.#execute(statement, this.file);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.#forget(statement, error);
      }
    }
  }

  #forget(statement: Statement, { at, message }: Refusal): void {
    this.notes.push(`The file does more than is followed, at ${placeText(at)}: ${message}.`);
    for (const name of namesIn(statement)) {
      const value = this.file.names.get(name);
      const fixed =
        isThing(value ?? null) &&
        ["module", "function", "builtin", "enum"].includes((value as { kind: string }).kind);
      const outside = value === undefined && (BUILTINS.has(name) || SCENARIO_NAMES.has(name));
      if (!fixed && !outside) this.file.names.set(name, { kind: "unknown", at, says: message });
    }
  }

  protected override runBody(body: readonly Statement[], scope: Scope): Value {
    const ending = this.#run(body, scope);
    return typeof ending === "object" ? ending.value : null;
  }

  #run(statements: readonly Statement[], scope: Scope): Ending | undefined {
    for (const statement of statements) {
      const ending = this.#execute(statement, scope);
      if (ending !== undefined) return ending;
    }
    return undefined;
  }

  #execute(statement: Statement, scope: Scope): Ending | undefined {
    const { at } = statement;
    this.spend(1, at);
    switch (statement.kind) {
      case "expression":
        this.evaluate(statement.value, scope);
        return undefined;
      case "assign": {
        const value = this.evaluate(statement.value, scope);
        for (const target of statement.targets) this.assign(target, value, scope);
        return undefined;
      }
      case "augment":
        this.#augment(statement, scope);
        return undefined;
      case "if":
        for (const { test, body } of statement.branches) {
          if (truth(this.evaluate(test, scope), test.at)) return this.#run(body, scope);
        }
        return this.#run(statement.otherwise, scope);
      case "for": {
        const next = nextOf(this.evaluate(statement.items, scope), this, statement.items.at);
        for (let item = next(); item !== undefined; item = next()) {
          this.assign(statement.target, item, scope);
          const ending = this.#run(statement.body, scope);
          if (ending === "break") return undefined;
          if (typeof ending === "object") return ending;
        }
        return this.#run(statement.otherwise, scope);
      }
      case "while":
        while (truth(this.evaluate(statement.test, scope), at)) {
          const ending = this.#run(statement.body, scope);
          if (ending === "break") return undefined;
          if (typeof ending === "object") return ending;
        }
        return this.#run(statement.otherwise, scope);
      case "function":
        bindName(scope, statement.function.name, this.closure(statement.function, scope));
        return undefined;
      case "return":
        return { value: statement.value === null ? null : this.evaluate(statement.value, scope) };
      case "break":
      case "continue":
        return statement.kind;
      case "pass":
        return undefined;
      case "global":
      case "nonlocal":
        for (const name of statement.names) scope.outside.set(name, statement.kind);
        return undefined;
      case "delete":
        for (const target of statement.targets) this.#delete(target, scope);
        return undefined;
      case "assert":
        if (!truth(this.evaluate(statement.test, scope), at))
          throw notImported(at, "an assertion does not hold");
        return undefined;
      case "try": {
        const ending = this.#run(statement.body, scope) ?? this.#run(statement.otherwise, scope);
        // It runs after a return too, and where it has one of its own, that one holds.
        return this.#run(statement.last, scope) ?? ending;
      }
      case "import":
        for (const one of statement.names) this.#import(one, scope);
        return undefined;
      case "beyond": {
        const says = `${statement.what} is not followed`;
        if (statement.binds === null) throw notImported(at, says);
        bindName(scope, statement.binds, { kind: "unknown", at, says });
      }
    }
    return undefined;
  }

  protected override assign(target: Expression, value: Value, scope: Scope): void {
    const { at } = target;
    switch (target.kind) {
      case "name":
        return bindName(scope, target.name, value);
      case "tuple":
      case "list":
        return this.#unpack(target.items, value, scope, at);
      case "attribute": {
        const object = this.evaluate(target.object, scope);
        if (isThing(object) && object.kind === "unknown") return;
        if (!isThing(object) || object.kind !== "host")
          throw notImported(at, `${typeName(object)} has no "${target.name}" to set`);
        return object.set(target.name, value, at);
      }
      case "index":
        return this.#setItem(
          this.evaluate(target.object, scope),
          this.evaluate(target.index, scope),
          value,
          at,
        );
      default:
        throw notImported(at, "this cannot be assigned to");
    }
  }

  #unpack(targets: readonly Expression[], value: Value, scope: Scope, at: Place): void {
    if (isThing(value) && value.kind === "unknown") {
      for (const target of targets) this.assign(target.kind === "star" ? target.value : target, value, scope);
      return;
    }
    const items = itemsOf(value, this, at);
    const star = targets.findIndex((target) => target.kind === "star");
    const enough = star < 0 ? items.length === targets.length : items.length >= targets.length - 1;
    if (!enough) throw notImported(at, `${items.length} values are unpacked to ${targets.length} names`);
    const taken = items.length - targets.length + 1;
    for (const [i, target] of targets.entries()) {
      if (target.kind === "star")
        this.assign(target.value, { kind: "list", items: items.slice(i, i + taken) }, scope);
      else this.assign(target, items[star >= 0 && i > star ? i + taken - 1 : i]!, scope);
    }
  }

  #setItem(object: Value, index: Value, value: Value, at: Place): void {
    if (isThing(object) && object.kind === "unknown") return;
    known(index);
    if (isThing(object) && object.kind === "dict") object.entries.set(keyOf(index, this, at), [index, value]);
    else if (isArray(object)) fill(windowAt(object, index, at), value, this, at);
    else if (isThing(object) && object.kind === "list") {
      object.items[placeIn(object.items.length, index, at)] = value;
    } else throw notImported(at, `an item of type ${typeName(object)} cannot be set`);
  }

  /** What the target holds is read before the value is worked out, and its place is worked out once. */
  #augment({ target, operator, value, at }: Extract<Statement, { kind: "augment" }>, scope: Scope): void {
    let before: Value;
    let set = (made: Value) => this.assign(target, made, scope);
    if (target.kind === "index") {
      const object = this.evaluate(target.object, scope);
      const index = this.evaluate(target.index, scope);
      before = itemAt(object, index, this, target.at);
      set = (made) => this.#setItem(object, index, made, target.at);
    } else before = this.evaluate(target, scope);
    const operand = this.evaluate(value, scope);
    if (changedInPlace(before, operator, operand, this, at)) return;
    set(binary(operator, before, operand, this, at));
  }

  #delete(target: Expression, scope: Scope): void {
    if (target.kind === "name") homeOf(scope, target.name).names.delete(target.name);
    else if (target.kind === "index") {
      const object = this.evaluate(target.object, scope);
      const index = this.evaluate(target.index, scope);
      if (isThing(object) && object.kind === "dict") object.entries.delete(keyOf(index, this, target.at));
      else if (isThing(object) && object.kind === "list")
        object.items.splice(placeIn(object.items.length, index, target.at), 1);
      else throw notImported(target.at, `an item of type ${typeName(object)} cannot be deleted`);
    } else throw notImported(target.at, "this cannot be deleted");
  }

  #import({ module, name, alias, at }: Import, scope: Scope): void {
    const found = moduleOf(module, this.#sources);
    this.usesNumpy ||= /^numpy\b/.test(module);
    const unknown = (what: string): Unknown => ({
      kind: "unknown",
      at,
      says: `${what}, which is not read here`,
    });
    if (name === "*") {
      if (isThing(found ?? null) && (found as { kind: string }).kind === "module") {
        for (const [key, value] of (found as Extract<Value, { kind: "module" }>).members)
          bindName(scope, key, value);
      }
      return;
    }
    if (name === null) {
      // `import numpy.random` binds numpy.
      const root = alias === null ? module.split(".")[0]! : module;
      const value = root === module ? found : moduleOf(root, this.#sources);
      return bindName(scope, alias ?? root, value ?? unknown(`"${module}" is imported`));
    }
    const members = found as Extract<Value, { kind: "module" }> | undefined;
    const value = members?.members.get(name) ?? moduleOf(`${module}.${name}`, this.#sources);
    bindName(scope, alias ?? name, value ?? unknown(`"${name}" comes from "${module}"`));
  }
}

function bindName(scope: Scope, name: string, value: Value): void {
  homeOf(scope, name).names.set(name, value);
}
