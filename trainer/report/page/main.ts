/** @file The report's page: tables on one side, the samples that the address asks for on the other. */
import type { Report, ReportPictures, ReportRun } from "../report.ts";
import type * as dom from "./dom.ts";
import type * as league from "./league.ts";
import type * as samples from "./samples.ts";
import type * as tables from "./tables.ts";

declare const make: typeof dom.make;
declare const points: typeof dom.points;
declare const outcomeName: typeof dom.outcomeName;
declare const readState: typeof dom.readState;
declare const linkTo: typeof dom.linkTo;
declare const standingsTable: typeof league.standingsTable;
declare const runMark: typeof tables.runMark;
declare const runsTable: typeof tables.runsTable;
declare const repeatsTable: typeof tables.repeatsTable;
declare const categoryTable: typeof tables.categoryTable;
declare const comparisonText: typeof tables.comparisonText;
declare const groupsOf: typeof samples.groupsOf;
declare const matching: typeof samples.matching;
declare const sampleList: typeof samples.sampleList;

export function main(): void {
  const report = dataOf("report") as Report;
  let pictures: ReportPictures | undefined;
  const somePictures = (): ReportPictures => (pictures ??= dataOf("pictures") as ReportPictures);
  const suites = [...new Set(report.runs.map(({ plan }) => plan.suite))];
  const groups = new Map(suites.map((suite) => [suite, groupsOf(runsOf(suite, report))]));
  const panel = make("section", { class: "panel finder", "aria-labelledby": "samples" });
  const page = make(
    "main",
    {},
    make("div", { class: "tables" }, ...suites.map((suite) => suiteSection(suite, report))),
    panel,
  );
  document.body.append(make("header", {}, make("h1", {}, "Benchmark report"), headText(report)), page);

  const show = (moves: boolean): void => {
    const state = readState();
    const suite = suites.find((one) => one === state.suite) ?? suites[0]!;
    fillFinder(panel, { ...state, suite }, groups.get(suite)!, report, somePictures);
    // Where the samples lie under the tables, a number that is clicked leads to them.
    if (moves && getComputedStyle(panel).position !== "sticky") panel.scrollIntoView();
  };
  addEventListener("hashchange", () => show(true));
  show(location.hash !== "");
}

function dataOf(id: string): unknown {
  return JSON.parse(document.getElementById(id)!.textContent);
}

function runsOf(suite: string, { runs }: Report): ReportRun[] {
  return runs.filter(({ plan }) => plan.suite === suite);
}

function headText({ runs }: Report): HTMLElement {
  const answers = runs.reduce((sum, { records }) => sum + records.length, 0);
  const runsText = runs.length === 1 ? "one run" : `${runs.length} runs`;
  return make(
    "p",
    { class: "faint" },
    `${runsText}, ${answers} answers. Shares in percent, with 95 % intervals. Every number opens its samples.`,
  );
}

function suiteSection(suite: string, report: Report): HTMLElement {
  const runs = runsOf(suite, report);
  const own = report.comparisons
    .map((comparison, place) => ({ comparison, place }))
    .filter(({ comparison }) => report.runs[comparison.other]!.plan.suite === suite);
  const categories = [...new Set(runs.flatMap(({ rows }) => rows.map(({ category }) => category)))];
  return make(
    "section",
    { class: "panel suite", "aria-label": suite },
    make("h2", {}, suite),
    ...(runs.some(({ standings }) => standings) ? runs.map(standingsTable) : [runsTable(suite, runs)]),
    ...own.map(({ place }) => comparisonText(suite, place, report)),
    repeatsTable(suite, runs),
    ...runs.map(notes),
    ...categories.map((category) =>
      categoryTable(
        suite,
        category,
        runs,
        own.map(({ comparison }) => comparison),
        report,
      ),
    ),
    make(
      "details",
      { class: "more" },
      make("summary", {}, "What was run"),
      ...runs.map((run) =>
        make(
          "div",
          {},
          runMark(run),
          make("pre", { class: "words" }, `${run.directory}\n${JSON.stringify(run.plan, null, 2)}`),
        ),
      ),
    ),
  );
}

/** What keeps a run's figures from being the whole truth. */
function notes({ mark, missing, unreadable, overall, records, standings }: ReportRun): HTMLElement {
  const lengths = records.flatMap(({ tokens }) => tokens?.answer ?? []);
  const length = lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
  const said = [
    lengths.length === 0 ? "" : `An answer has ${Math.round(length)} tokens in the mean.`,
    missing > 0 ? `${missing} answers are missing: the run was stopped.` : "",
    overall.detectable === null || standings !== undefined
      ? ""
      : `${overall.clusters} independent samples can show a change of ${points(overall.detectable)} points and more.`,
  ].filter(Boolean);
  return make(
    "div",
    { class: "notes faint" },
    make("p", {}, make("b", { class: "mark" }, mark), said.join(" ")),
    unreadable.length === 0
      ? null
      : make(
          "details",
          {},
          make("summary", {}, `${unreadable.length} rows of the data cannot be read, and are in no figure`),
          make("ul", {}, ...unreadable.map(({ error }) => make("li", {}, error))),
        ),
  );
}

function fillFinder(
  panel: HTMLElement,
  state: dom.State & { suite: string },
  groups: readonly samples.Group[],
  report: Report,
  pictures: () => ReportPictures,
): void {
  const found = matching(groups, state, report);
  const opened = found.filter(({ id }) => id === state.sample);
  const rest = found.filter(({ id }) => id !== state.sample);
  const isAll = found.length === groups.length;
  panel.replaceChildren(
    make(
      "div",
      { class: "finder-head" },
      make("h2", { id: "samples" }, `Samples of ${state.suite}`),
      make("p", { class: "count-line", role: "status" }, `${found.length} of ${groups.length}`),
      isAll ? null : make("a", { class: "button", href: linkTo({ suite: state.suite }) }, "Show all"),
    ),
    filters(state, report),
    report.picturesLeftOut > 0
      ? make(
          "p",
          { class: "faint" },
          `${report.picturesLeftOut} pictures are left out; --pictures N takes more in.`,
        )
      : "",
    found.length === 0 ? make("p", { class: "faint" }, "No sample is like that.") : "",
    sampleList([...opened, ...rest], state, report, pictures),
  );
}

function filters(state: dom.State & { suite: string }, report: Report): HTMLElement {
  const runs = runsOf(state.suite, report);
  const go = (change: dom.State): void => {
    const { sample: _sample, ...rest } = state;
    location.hash = linkTo({ ...rest, ...change });
  };
  const choice = (
    name: string,
    key: keyof dom.State,
    options: readonly (readonly [string, string])[],
  ): HTMLElement => {
    const select = make(
      "select",
      { "aria-label": name },
      ...options.map(([value, text]) =>
        make("option", { value, ...(value === (state[key] ?? "") && { selected: "" }) }, text),
      ),
    ) as HTMLSelectElement;
    select.addEventListener("change", () => go({ [key]: select.value }));
    return make("label", {}, make("span", {}, name), select);
  };
  const outcomes = [...new Set(runs.flatMap(({ overall }) => Object.keys(overall.outcomes)))].sort();
  const rows = new Map(
    runs.flatMap((run) => run.rows.map(({ id, category, value }) => [id, `${category}: ${value}`])),
  );
  const flips = report.comparisons.flatMap(({ one, other, better, worse }, place): [string, string][] => {
    const [first, second] = [report.runs[one]!, report.runs[other]!];
    if (second.plan.suite !== state.suite) return [];
    return [
      [`better ${place}`, `${second.mark} better than ${first.mark} (${better.length})`],
      [`worse ${place}`, `${second.mark} worse than ${first.mark} (${worse.length})`],
    ];
  });
  const search = make("input", {
    type: "search",
    "aria-label": "words",
    value: state.words ?? "",
  }) as HTMLInputElement;
  search.addEventListener("change", () => go({ words: search.value }));
  return make(
    "div",
    { class: "filters", role: "search" },
    runs.length > 1 &&
      choice("run", "run", [["", "any"], ...runs.map(({ mark }): [string, string] => [mark, mark])]),
    choice("outcome", "outcome", [
      ["", "any"],
      ...outcomes.map((one): [string, string] => [one, outcomeName(one)]),
    ]),
    choice("category", "row", [["", "any"], ...rows]),
    flips.length > 0 && choice("flipped", "flip", [["", "all"], ...flips]),
    make("label", {}, make("span", {}, "words"), search),
  );
}

/** What is written into the page. */
export const MAIN = [main, dataOf, runsOf, headText, suiteSection, notes, fillFinder, filters] as const;
