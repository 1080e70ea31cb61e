/** @file The scenarios that a server offers, read once: what a client names is looked up here and nowhere else. */
import type { Scenario } from "../../../env/football/index.ts";
import { TouchlineError, unknownName } from "../../../env/error.ts";
import { levelOf } from "../../../scenarios/index.ts";

export class Catalogue {
  readonly #byId: ReadonlyMap<string, Scenario>;
  readonly #levels = new Map<string, Scenario>();

  constructor(scenarios: readonly Scenario[]) {
    this.#byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  }

  get ids(): readonly string[] {
    return [...this.#byId.keys()];
  }

  get scenarios(): readonly Scenario[] {
    return [...this.#byId.values()];
  }

  /** `ID`, or `ID@2` for its second level: the same object each time. Throws `serve/scenario`, `scenario/level`. */
  get(name: string): Scenario {
    const [, id = name, level] = /^(.*)@(\d{1,2})$/.exec(name) ?? [];
    const scenario = this.#byId.get(id);
    if (scenario === undefined)
      throw new TouchlineError("serve/scenario", unknownName("scenario", id, this.ids));
    if (level === undefined) return scenario;
    const own = this.#levels.get(name) ?? levelOf(scenario, level);
    this.#levels.set(name, own);
    return own;
  }
}
