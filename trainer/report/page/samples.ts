/** @file The samples behind a number: found by run, outcome, category, flips and words, and opened one by one. */
import type { ReportMoment } from "../episode.ts";
import type { Report, ReportPictures, ReportRecord, ReportRun } from "../report.ts";
import type * as dom from "./dom.ts";
import type * as tables from "./tables.ts";

declare const make: typeof dom.make;
declare const chip: typeof dom.chip;
declare const outcomeName: typeof dom.outcomeName;
declare const linkTo: typeof dom.linkTo;
declare const runMark: typeof tables.runMark;

/** One sample with the records of each run. */
export interface Group {
  id: string;
  categories: Readonly<Record<string, string>>;
  byRun: ReadonlyMap<ReportRun, readonly ReportRecord[]>;
}

export function groupsOf(runs: readonly ReportRun[]): Group[] {
  const groups = new Map<
    string,
    { categories: Group["categories"]; byRun: Map<ReportRun, ReportRecord[]> }
  >();
  for (const run of runs) {
    for (const record of run.records) {
      const group = groups.get(record.sample) ?? { categories: record.categories, byRun: new Map() };
      groups.set(record.sample, group);
      group.byRun.set(run, [...(group.byRun.get(run) ?? []), record]);
    }
  }
  const { compare } = new Intl.Collator("en", { numeric: true });
  return [...groups]
    .map(([id, group]) => ({ id, categories: group.categories, byRun: group.byRun }))
    .sort((one, other) => compare(one.id, other.id));
}

export function matching(groups: readonly Group[], state: dom.State, report: Report): Group[] {
  const [kind, place] = (state.flip ?? "").split(" ");
  const comparison = report.comparisons[Number(place)];
  const flipped =
    kind && comparison ? new Set(kind === "better" ? comparison.better : comparison.worse) : undefined;
  const words = state.words?.toLowerCase();
  return groups.filter(({ id, categories, byRun }) => {
    if (flipped && !flipped.has(id)) return false;
    if (state.row && !Object.entries(categories).some((pair) => pair.join("/") === state.row)) return false;
    const own = [...byRun].flatMap(([run, records]) => (!state.run || run.mark === state.run ? records : []));
    if (!own.some(({ outcome }) => !state.outcome || outcome === state.outcome)) return false;
    return (
      !words ||
      [id, ...own.map((record) => wordsOf(record, report))].some((text) => text.toLowerCase().includes(words))
    );
  });
}

function wordsOf({ gold, output, prompt }: ReportRecord, { prompts }: Report): string {
  return `${gold ?? ""}\n${output ?? ""}\n${prompt === undefined ? "" : JSON.stringify(prompts[prompt])}`;
}

/** A list with one line for each; `pictures` are parsed when the first is shown. */
export function sampleList(
  groups: readonly Group[],
  state: dom.State,
  report: Report,
  pictures: () => ReportPictures,
): HTMLElement {
  /** Samples that are shown at first, and more at a time. */
  const PAGE = 50;
  const list = make("ol", { class: "samples" });
  const more = make("button", { type: "button", class: "button" }, "");
  let shown = 0;
  const show = (): void => {
    const next = groups.slice(shown, shown + PAGE);
    list.append(...next.map((group) => make("li", {}, sampleLine(group, state, report, pictures))));
    shown += next.length;
    more.textContent = `Show ${Math.min(PAGE, groups.length - shown)} more`;
    more.hidden = shown === groups.length;
  };
  more.addEventListener("click", show);
  show();
  return make("div", {}, list, more);
}

function sampleLine(
  group: Group,
  state: dom.State,
  report: Report,
  pictures: () => ReportPictures,
): HTMLElement {
  const chips = [...group.byRun].map(([{ mark }, records]) => {
    const right = records.filter(({ outcome }) => outcome === "right").length;
    const first = records[0]!.outcome;
    const outcome = records.every((record) => record.outcome === first) ? first : "several";
    const text = records.length === 1 ? outcomeName(outcome) : `${right} of ${records.length} right`;
    return make("span", { class: "result" }, make("b", { class: "mark" }, mark), chip(outcome, text));
  });
  // What its name begins with need not be said again.
  const categories = Object.values(group.categories).filter((name) => !group.id.startsWith(`${name}/`));
  const summary = make(
    "summary",
    {},
    make("span", { class: "id" }, group.id),
    make("span", { class: "categories" }, categories.join(" · ")),
    make("span", { class: "results" }, ...chips),
  );
  const line = make("details", { class: "sample", "data-sample": group.id }, summary) as HTMLDetailsElement;
  line.addEventListener("toggle", () => {
    if (line.open && line.children.length === 1) line.append(sampleBody(group, state, report, pictures));
  });
  line.open = state.sample === group.id;
  return line;
}

function sampleBody(
  { id, byRun }: Group,
  { suite }: dom.State,
  { prompts }: Report,
  pictures: () => ReportPictures,
): HTMLElement {
  const first = [...byRun.values()][0]![0]!;
  const asked = first.prompt === undefined ? [] : (prompts[first.prompt] ?? []);
  let next = 0;
  const parts = asked.flatMap(({ role, content }) => {
    const items = typeof content === "string" ? [{ type: "text" as const, text: content }] : content;
    const shown = items.map((item) =>
      item.type === "text"
        ? make("pre", { class: "words" }, item.text)
        : picture((first.images ?? [])[next++], pictures),
    );
    return [make("h4", {}, role)].concat(shown);
  });
  const answers = [...byRun].map(([run, records]) =>
    make(
      "section",
      { class: "answers" },
      make("h4", {}, runMark(run)),
      ...records.map((record) => answer(record, records.length, pictures)),
    ),
  );
  return make(
    "div",
    { class: "body" },
    parts.length === 0 ? null : make("div", { class: "asked" }, ...parts),
    first.gold === undefined
      ? null
      : make("p", { class: "gold" }, make("span", {}, "right answer"), make("code", {}, first.gold)),
    make("div", { class: "side-by-side" }, ...answers),
    make(
      "p",
      { class: "link" },
      make("a", { href: linkTo({ ...(suite && { suite }), sample: id }) }, "Link to this sample"),
    ),
  );
}

function picture(
  name: string | undefined,
  pictures: () => ReportPictures,
  alt = "picture of the question",
): HTMLElement {
  const source = name === undefined ? undefined : pictures()[name];
  if (source === undefined)
    return make("p", { class: "faint" }, `Picture ${name ?? ""} is not in this report.`);
  return make("img", { src: source, alt, loading: "lazy" });
}

/** One of so many to the question. */
function answer(record: ReportRecord, answers: number, pictures: () => ReportPictures): HTMLElement {
  const { outcome, reason, repeat, output, extracted, finish, tokens, milliseconds, judged = [] } = record;
  const [, thought, rest] = /^\s*<think>([^]*?)<\/think>([^]*)$/.exec(output ?? "") ?? [];
  const about = [
    answers > 1 ? `answer ${repeat + 1} of ${answers}` : "",
    finish === "length" ? "cut for want of room" : finish === "refusal" ? "refused by the server" : "",
    tokens?.answer == null ? "" : `${tokens.answer} tokens`,
    `${(milliseconds / 1000).toFixed(1)} s`,
  ];
  return make(
    "article",
    {},
    make("p", { class: "verdict" }, chip(outcome), make("span", {}, reason)),
    extracted === undefined
      ? null
      : make(
          "p",
          { class: "extracted" },
          make("span", {}, "taken as the answer"),
          extracted === null ? "nothing" : make("code", {}, extracted),
        ),
    thought === undefined
      ? null
      : make(
          "details",
          { class: "thought" },
          make("summary", {}, `thought, ${thought.length} characters`),
          make("pre", { class: "words" }, thought),
        ),
    output ? make("pre", { class: "words output" }, rest ?? output) : null,
    ...judged.map(({ question, answer }) =>
      make(
        "details",
        { class: "thought" },
        make("summary", {}, "what the judge was asked and said"),
        make("pre", { class: "words" }, `${question}\n\n${answer}`),
      ),
    ),
    record.moment ? momentOf(record.moment, pictures) : null,
    make("p", { class: "faint" }, about.filter(Boolean).join(" · ")),
  );
}

/** What decided an episode: the frame, the thought and the action that led there, and the way into the episode. */
function momentOf(moment: ReportMoment, pictures: () => ReportPictures): HTMLElement {
  const { what, step, seen, path, thought, answer, action } = moment;
  const command = `npx touchline watch --replay ${path} --at ${seen}`;
  return make(
    "section",
    { class: "moment" },
    make("p", {}, make("strong", {}, what), ` in step ${step}, decided on this frame after step ${seen}:`),
    picture(path, pictures, `what the left side saw after step ${seen}`),
    thought === null ? null : make("pre", { class: "words thinks" }, thought),
    make(
      "p",
      { class: "does" },
      make("span", {}, "action"),
      make("code", {}, action),
      answer === null || answer === action ? null : make("span", { class: "said" }, answer),
    ),
    make(
      "p",
      { class: "faint" },
      "The episode on a page, held there: ",
      make("code", { class: "way" }, command),
    ),
  );
}

/** What is written into the page. */
export const SAMPLES = [
  groupsOf,
  matching,
  wordsOf,
  sampleList,
  sampleLine,
  sampleBody,
  picture,
  answer,
  momentOf,
] as const;
