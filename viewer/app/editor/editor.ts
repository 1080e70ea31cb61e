/** @file The editor of a page: the list of scenarios, the draft that is open, and what can be done with it. */
import { computed, effect, signal } from "@preact/signals";
import { pitchOf, type Point, type Scenario } from "../../../env/football/index.ts";
import { pathText, type Problem } from "../../../env/problem.ts";
import {
  parseScenario,
  scenarioJsonSchema,
  scenarioProblems,
  scenarioText,
} from "../../../scenarios/index.ts";
import type { ScenarioList } from "../../protocol/index.ts";
import type { Session } from "../state/session.ts";
import { dropDraft, keepDraft, keptDraft } from "./draft.ts";
import { type Action, edit, type EditState, open } from "./edit.ts";
import { type Box, type Lens, moved, nearer, showing, WHOLE, wholeBox } from "./lens.ts";
import { type Path, pathKey } from "./path.ts";
import type { Schema } from "./schema.ts";
import { begin, type Beginning, freeId } from "./template.ts";
import { BALL, isMember, isPlayer, metresOf, thingsOf } from "./thing.ts";
import { playDraft, readScenario, Refusal, saveScenario } from "./wire.ts";

/** What was done last, or why it was not. */
export interface Notice {
  text: string;
  failed: boolean;
}

/** How a draft is tried. */
export interface Trial {
  policy: string;
  /** Empty for the one that the scenario names, or the built-in players. */
  opponent: string;
  vary: boolean;
}

export class Editor {
  readonly session: Session;
  readonly schema = scenarioJsonSchema() as Schema;
  /** Undefined until it has come. */
  readonly list = signal<ScenarioList | undefined>(undefined);
  /** Undefined while none is open. */
  readonly state = signal<EditState | undefined>(undefined);
  readonly notice = signal<Notice>({ text: "", failed: false });
  readonly busy = signal(false);
  readonly lens = signal<Lens>(WHOLE);
  /** Where a problem leads. */
  readonly lead = signal<{ path: Path } | undefined>(undefined);
  readonly trial = signal<Trial>({ policy: "nano", opponent: "", vary: false });
  readonly scenario = computed(() => this.state.value?.history.present);
  readonly problems = computed<readonly Problem[]>(() => {
    const scenario = this.scenario.value;
    return scenario === undefined ? [] : scenarioProblems(scenario);
  });
  /** The zones and the members that there are. */
  readonly words = computed<readonly string[]>(() => {
    const scenario = this.scenario.value;
    if (scenario === undefined) return [];
    const zones = (scenario.zones ?? []).map(({ name }) => name);
    return [...zones, BALL, ...thingsOf(scenario).filter(isPlayer)];
  });
  /** The scenario as it was read or saved last. */
  readonly saved = signal<Scenario | undefined>(undefined);
  readonly changed = computed(() => this.scenario.value !== this.saved.value);
  #stamp: string | null = null;

  constructor(session: Session) {
    this.session = session;
    session.feed.connection.hearScenarios({
      welcome: () => void (session.view.peek() === "edit" && this.look()),
      scenarios: (list) => (this.list.value = list),
    });
    effect(() => void (session.view.value === "edit" ? this.look() : this.leave()));
    effect(() => {
      const id = session.edited.value;
      if (session.view.value === "edit" && id !== this.scenario.peek()?.id) void this.#show(id);
    });
    effect(() => {
      const scenario = this.scenario.value;
      if (scenario === undefined) return;
      session.edited.value = scenario.id;
      keepDraft({ scenario, stamp: this.#stamp, changed: this.changed.value });
    });
  }

  /** Hears of the list from now on. */
  async look(): Promise<void> {
    const answer = await this.session.feed.connection.scenarios({ look: true });
    if (answer && "error" in answer) this.tell(answer.error, true);
    else if (answer) this.list.value = answer;
  }

  leave(): void {
    if (this.list.peek() !== undefined) void this.session.feed.connection.scenarios({ look: false });
  }

  do(action: Action): void {
    const state = this.state.peek();
    if (state !== undefined) this.state.value = edit(state, action);
  }

  /** Nearer or further; what is at `kept`, in metres, stays where it is seen, without it the first of the chosen. */
  zoom(factor: number, kept = this.#chosenAt()): void {
    this.lens.value = nearer(this.#whole, this.lens.peek(), factor, kept);
  }

  /** Looks this many metres further to the right and down. */
  pan(by: Point): void {
    this.lens.value = moved(this.#whole, this.lens.peek(), by);
  }

  show(place: Point): void {
    this.lens.value = showing(this.#whole, this.lens.peek(), place);
  }

  /** Opens a scenario by its id, or the list for none. */
  go(id: string | null): void {
    this.session.go({ view: "edit", scenario: id });
  }

  create(beginning: Beginning): void {
    this.#begin(begin(beginning, this.#freeId("my_drill")));
    this.tell("New. It is in no file until you save it.");
  }

  duplicate(): void {
    const scenario = this.scenario.peek();
    if (scenario === undefined) return;
    const id = this.#freeId(`${scenario.id}_copy`.slice(0, 90));
    this.#begin({ ...scenario, id, suite: "mine" });
    this.tell(`A copy. It is saved as ${id}.`);
  }

  /** Saves it under its id; `id` saves a copy under another. */
  async save(id?: string): Promise<void> {
    const scenario = this.scenario.peek();
    if (scenario === undefined || this.busy.peek()) return;
    const copied = id !== undefined && id !== scenario.id;
    const saved = copied ? { ...scenario, id } : scenario;
    await this.#wait(async () => {
      const answer = await saveScenario({ scenario: saved, stamp: copied ? null : this.#stamp });
      this.#stamp = answer.stamp;
      dropDraft(scenario.id);
      // What was changed meanwhile is not saved.
      if (copied) this.do({ do: "put", paths: [["id"]], value: id });
      this.saved.value = copied ? this.scenario.peek() : saved;
      this.tell(`Saved as ${answer.id}.`);
    });
  }

  /** Plays it as it is here, saved or not, and shows the match. */
  async play(): Promise<void> {
    const scenario = this.scenario.peek();
    if (scenario === undefined || this.busy.peek()) return;
    const { policy, opponent, vary } = this.trial.peek();
    await this.#wait(async () => {
      this.tell(`Starting ${policy} …`);
      const request = { scenario, policy, opponent: opponent === "" ? null : opponent, vary, seed: 0 };
      const { match } = await playDraft(request);
      this.tell("");
      this.session.go({ view: "matches", match, episode: null });
    });
  }

  /** The file's text and its name. */
  exported(): { name: string; text: string } | undefined {
    const scenario = this.scenario.peek();
    return scenario && { name: `${scenario.id}.json`, text: scenarioText(scenario) };
  }

  /** Opens the scenario of a file that was dropped. */
  async import(file: File): Promise<void> {
    if (file.size > 1_000_000) return this.tell(`${file.name} is too long to be a scenario.`, true);
    try {
      const scenario = parseScenario(await file.text(), file.name);
      const id = this.#freeId(scenario.id);
      this.#begin(id === scenario.id ? scenario : { ...scenario, id });
      this.tell(`${file.name} is open. It is in no file of the server until you save it.`);
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error), true);
    }
  }

  tell(text: string, failed = false): void {
    this.notice.value = { text, failed };
  }

  leadTo({ path }: Problem): void {
    this.lead.value = { path: path.map((key) => (typeof key === "number" ? key : String(key))) };
    this.focusLead();
  }

  /** Puts the focus on the field that a problem leads to, or the innermost around it that is open. */
  focusLead(): void {
    const { path } = this.lead.peek() ?? { path: [] };
    for (let length = path.length; length > 0; length--) {
      const field = document.getElementById(pathKey(path.slice(0, length)));
      if (field !== null) return field.focus();
    }
  }

  /** Whether a problem is about this very value. */
  isWrong(path: Path): boolean {
    return this.problems.value.some((problem) => problem.path.map(String).join() === path.join());
  }

  /** What a text may name: a zone where one is wanted, and members where nothing else would do; none for free texts. */
  wordsFor(path: Path, pattern: RegExp | undefined): readonly string[] {
    const closed = pattern !== undefined && !pattern.test("some-name");
    if (path.at(-1) !== "zone" && !closed) return [];
    return this.words.value.filter((word) => isMember(word) === closed && pattern?.test(word) === true);
  }

  sentenceOf({ path, says }: Problem): string {
    return `${pathText(path)} ${says}.`;
  }

  #chosenAt(): Point | undefined {
    const { selection, history } = this.state.peek()!;
    return selection.map((thing) => metresOf(history.present, thing)).find((place) => place !== undefined);
  }

  get #whole(): Box {
    return wholeBox(pitchOf(this.scenario.peek()!.pitch));
  }

  #begin(scenario: Scenario): void {
    this.lens.value = WHOLE;
    this.#stamp = null;
    this.saved.value = undefined;
    this.state.value = open(scenario);
  }

  #freeId(start: string): string {
    return freeId(start, (id) => this.list.peek()?.scenarios.some((card) => card.id === id) === true);
  }

  /** Opens what was drafted in this tab, else what the server has. */
  async #show(id: string | null): Promise<void> {
    this.lens.value = WHOLE;
    if (id === null) return void (this.state.value = undefined);
    const draft = keptDraft(id);
    if (draft !== undefined) {
      this.#stamp = draft.stamp;
      this.saved.value = undefined;
      this.state.value = open(draft.scenario);
      return this.tell("This is your draft; it is not saved.");
    }
    await this.#wait(async () => {
      const { scenario, stamp } = await readScenario(id);
      if (this.session.edited.peek() !== id) return;
      this.#stamp = stamp;
      this.saved.value = scenario as Scenario;
      this.state.value = open(scenario as Scenario);
      this.tell("");
    });
  }

  async #wait(work: () => Promise<void>): Promise<void> {
    this.busy.value = true;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.tell(error.message, true);
    } finally {
      this.busy.value = false;
    }
  }
}
