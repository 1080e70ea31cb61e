/** @file The table of a league: what its policies are rated, and what they won, drew and lost. */
import type { ReportRun } from "../report.ts";
import type * as dom from "./dom.ts";
import type * as tables from "./tables.ts";

declare const make: typeof dom.make;
declare const linkTo: typeof dom.linkTo;
declare const shortPolicy: typeof tables.shortPolicy;
declare const scrolling: typeof tables.scrolling;

export function standingsTable({ mark, plan, standings = [] }: ReportRun): HTMLElement {
  const heads = ["policy", "rating", "95 % interval", "n", "won", "drawn", "lost", "goals"];
  const rows = standings.map((standing) => {
    const { policy, rating, low, high, matches, won, drawn, lost, goalsFor, goalsAgainst } = standing;
    const cells = [
      make("strong", {}, ratingText(rating)),
      `${ratingText(low)} to ${ratingText(high)}`,
      make("a", { href: linkTo({ suite: plan.suite, run: mark, words: policy }) }, matches),
      won,
      drawn,
      lost,
      `${goalsFor}:${goalsAgainst}`,
    ];
    return make(
      "tr",
      {},
      make("th", { scope: "row", title: policy }, shortPolicy(policy)),
      ...cells.map((cell) => make("td", {}, cell)),
    );
  });
  const head = make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, name)));
  return make(
    "div",
    {},
    scrolling(
      `Ratings of run ${mark}`,
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)),
    ),
    make(
      "p",
      { class: "faint" },
      "Ratings are Elo points around the league's mean; a draw is half a win. Below, points of the pair's first.",
    ),
  );
}

export function ratingText(rating: number): string {
  return rating.toFixed(0).replace("-", "\u2212");
}

/** What is written into the page. */
export const LEAGUE = [standingsTable, ratingText] as const;
