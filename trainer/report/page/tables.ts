/** @file The tables of the report: runs, their outcomes, and categories. Every number is a link to its samples. */
import type { Row, Score } from "../../benchmark/index.ts";
import type { QuestionPlan } from "../../benchmark/question/index.ts";
import type { Comparison, Difference } from "../compare.ts";
import type { Report, ReportRun } from "../report.ts";
import type * as dom from "./dom.ts";

declare const make: typeof dom.make;
declare const points: typeof dom.points;
declare const plain: typeof dom.plain;
declare const signed: typeof dom.signed;
declare const interval: typeof dom.interval;
declare const whisker: typeof dom.whisker;
declare const chip: typeof dom.chip;
declare const linkTo: typeof dom.linkTo;

/** `dir:` and the last folders of a path, or the model of a server. */
export function shortPolicy(policy: string): string {
  const [, kind, rest] = /^(\w+):(.*)$/.exec(policy) ?? [];
  if (kind === "dir") return `dir:${rest!.split("/").slice(-2).join("/")}`;
  return kind === "openai" ? rest!.replace(/@https?:\/\/.*/, "") : policy;
}

export function runMark({ mark, plan }: ReportRun): HTMLElement {
  return make(
    "span",
    { class: "run", title: plan.policy },
    make("b", { class: "mark" }, mark),
    shortPolicy(plan.policy),
  );
}

/** What of the plan most often tells two runs apart. */
export function settingOf({ plan }: ReportRun): string {
  const { sampling, scoring } = plan as Partial<QuestionPlan>;
  return [
    sampling && `temperature ${sampling.temperature}`,
    plan.repeats > 1 && `${plan.repeats} answers`,
    scoring,
    `seed ${plan.seed}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Where a rule gives points for other than right answers, the share of right ones. */
export function rightShareOf({
  overall: { score, success },
  inShares,
}: Pick<ReportRun, "overall" | "inShares">): string | null {
  if (success.n === 0 || points(score.mean) === points(success.mean)) return null;
  if (!inShares) return `${points(success.mean)} % right`;
  return `${points(success.mean)} % right; the rest in part or guessed by the rule`;
}

function scoreCell(score: Score, link: string, n: number, title: string, inShares = true): HTMLElement {
  const write = inShares ? points : plain;
  return make(
    "td",
    { class: "score" },
    make(
      "a",
      { href: link, title },
      make("strong", {}, write(score.mean)),
      make("small", {}, interval(score, write)),
      make("small", { class: "n" }, `n ${n}`),
      inShares && whisker(score, false),
    ),
  );
}

function differenceCell(found: Difference | undefined, inShares: boolean): HTMLElement {
  if (!found || found.n === 0) return make("td", {}, "");
  const { low, high } = found.difference;
  const shows = low !== null && high !== null && (low > 0 || high < 0);
  const write = (value: number): string => signed(value, inShares ? points : plain);
  return make(
    "td",
    { class: shows ? "score difference shows" : "score difference" },
    make("strong", {}, write(found.difference.mean)),
    make("small", {}, interval(found.difference, write)),
    make("small", { class: "n" }, `n ${found.n}`),
    inShares && whisker(found.difference, true),
  );
}

/** Runs of a suite, a line each: the figure that stands for it, and how many answers ended how. */
export function runsTable(suite: string, runs: readonly ReportRun[]): HTMLElement {
  const outcomes = [...new Set(runs.flatMap(({ overall }) => Object.keys(overall.outcomes)))].sort(
    (one, other) => Number(other === "right") - Number(one === "right"),
  );
  const rows = runs.map((run) => {
    const { headline, success, score } = run.overall;
    const { mark: name } = run;
    return make(
      "tr",
      {},
      make(
        "th",
        { scope: "row" },
        runMark(run),
        make("small", { class: "setting" }, settingOf(run)),
        rightShare(run),
      ),
      scoreCell(
        headline.by === "micro" ? score : headline,
        linkTo({ suite, run: name }),
        success.n,
        headline.by,
        run.inShares,
      ),
      ...outcomes.map((outcome) => {
        const count = run.overall.outcomes[outcome] ?? 0;
        const link = make("a", { href: linkTo({ suite, run: name, outcome }) }, count);
        return make("td", { class: "count" }, count === 0 ? "0" : link);
      }),
    );
  });
  const by = runs[0]!.overall.headline.by;
  const name = scoreName(runs);
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, "run"),
    make("th", { scope: "col" }, by === "micro" ? name : `${name}, mean by ${by}`),
    ...outcomes.map((outcome) => make("th", { scope: "col", class: "count" }, chip(outcome))),
  );
  return scrolling(
    `Runs of ${suite}`,
    make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)),
  );
}

export function areShares(runs: readonly Pick<ReportRun, "inShares">[]): boolean {
  return runs.every(({ inShares }) => inShares);
}

export function scoreName(runs: readonly Pick<ReportRun, "inShares">[]): string {
  return areShares(runs) ? "score %" : "score";
}

function rightShare(run: ReportRun): HTMLElement | null {
  const share = rightShareOf(run);
  return share === null ? null : make("small", { class: "setting" }, share);
}

/** Several answers to each question, where there are. */
export function repeatsTable(suite: string, runs: readonly ReportRun[]): HTMLElement | null {
  const many = runs.flatMap(({ overall: { repeated }, ...run }) => (repeated ? [{ run, repeated }] : []));
  if (many.length === 0) return null;
  const rows = many.flatMap(({ run, repeated }) => {
    const figures: [string, Score][] = [
      ...Object.entries(repeated.any).map(([k, one]): [string, Score] => [`pass@${k}`, one]),
      ...Object.entries(repeated.all).map(([k, one]): [string, Score] => [`pass^${k}`, one]),
      [`maj@${repeated.repeats}`, repeated.majority],
    ];
    return figures
      .filter(([name]) => name !== "pass^1")
      .map(([name, score]) =>
        make(
          "tr",
          {},
          make("th", { scope: "row" }, make("b", { class: "mark" }, run.mark), name),
          scoreCell(score, linkTo({ suite, run: run.mark }), run.samples, name),
        ),
      );
  });
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, "of several answers"),
    make("th", { scope: "col" }, "%"),
  );
  return make(
    "details",
    { class: "more" },
    make("summary", {}, `${many[0]!.repeated.repeats} answers to each question: pass@k, pass^k, maj@k`),
    scrolling("Several answers", make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))),
  );
}

/** What a category's values come to, a column for each run and for each difference from the first. */
export function categoryTable(
  suite: string,
  category: string,
  runs: readonly ReportRun[],
  comparisons: readonly Comparison[],
  report: Report,
): HTMLElement {
  const ids = new Map<string, Row>();
  for (const row of runs.flatMap(({ rows }) => rows)) if (row.category === category) ids.set(row.id, row);
  const rows = [...ids].map(([id, { value }]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, make("a", { href: linkTo({ suite, row: id }) }, value)),
      ...runs.map((run) => {
        const row = run.rows.find((one) => one.id === id);
        const link = linkTo({ suite, run: run.mark, row: id });
        return row ? scoreCell(row.score, link, row.success.n, id, run.inShares) : make("td", {}, "");
      }),
      ...comparisons.map(({ differences }) =>
        differenceCell(
          differences.find((one) => one.id === id),
          areShares(runs),
        ),
      ),
    ),
  );
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, category),
    ...runs.map((run) =>
      make(
        "th",
        { scope: "col" },
        runs.length === 1 ? scoreName(runs) : make("b", { class: "mark" }, run.mark),
      ),
    ),
    ...comparisons.map(({ one, other }) =>
      make("th", { scope: "col" }, `${report.runs[other]!.mark} \u2212 ${report.runs[one]!.mark}`),
    ),
  );
  return scrolling(`By ${category}`, make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
}

/** Two runs in a sentence, with the samples that make the difference. */
export function comparisonText(suite: string, place: number, report: Report): HTMLElement {
  const { one, other, differences, better, worse } = report.comparisons[place]!;
  const [first, second] = [report.runs[one]!.mark, report.runs[other]!.mark];
  const inShares = areShares([report.runs[one]!, report.runs[other]!]);
  const write = (value: number): string => signed(value, inShares ? points : plain);
  const all = differences.find(({ id }) => id === "all")!;
  const { low, high, mean } = all.difference;
  const shows = low !== null && high !== null && (low > 0 || high < 0);
  const p = all.p === null ? "" : `; McNemar's p ${all.p < 0.001 ? "< 0.001" : `= ${all.p.toFixed(3)}`}`;
  const flips = (kind: string, samples: readonly string[]): Node =>
    samples.length === 0
      ? document.createTextNode(`none ${kind}`)
      : make("a", { href: linkTo({ suite, flip: `${kind} ${place}` }) }, `${samples.length} ${kind}`);
  return make(
    "p",
    { class: "comparison" },
    make("b", { class: "mark" }, second),
    " against ",
    make("b", { class: "mark" }, first),
    `: ${write(mean)}${inShares ? " points" : ""}${low === null ? "" : ` (${interval(all.difference, write)})`} on the ${all.n} samples that both have${p}. `,
    make("strong", {}, shows ? "The difference shows." : "So many samples show no difference."),
    " ",
    flips("better", better),
    ", ",
    flips("worse", worse),
    ".",
  );
}

/** Wide tables scroll by themselves, also by the keyboard. */
export function scrolling(label: string, table: HTMLElement): HTMLElement {
  return make("div", { class: "scrolling", role: "region", "aria-label": label, tabindex: "0" }, table);
}

/** What is written into the page. */
export const TABLES = [
  shortPolicy,
  runMark,
  settingOf,
  rightShareOf,
  rightShare,
  areShares,
  scoreName,
  scoreCell,
  differenceCell,
  runsTable,
  repeatsTable,
  categoryTable,
  comparisonText,
  scrolling,
] as const;
