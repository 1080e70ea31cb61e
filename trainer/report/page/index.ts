/**
 * @file The report as one file: words, pictures, looks and script in it, so that it opens from disk and asks no network
 * for anything. Its policy forbids it to, whatever a model's answer may try.
 */
import type { Report, ReportPictures } from "../report.ts";
import { DOM } from "./dom.ts";
import { LEAGUE } from "./league.ts";
import { MAIN } from "./main.ts";
import { SAMPLES } from "./samples.ts";
import { STYLE } from "./style.ts";
import { TABLES } from "./tables.ts";

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** tsx wraps functions in a call of this, to keep their names. */
const NAMING = "const __name = (one) => one;";

export function reportPage(report: Report, pictures: ReportPictures): string {
  const title = report.runs.map(({ plan }) => plan.suite).filter((suite, i, all) => all.indexOf(suite) === i);
  const functions = [...DOM, ...TABLES, ...LEAGUE, ...SAMPLES, ...MAIN].map(String);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(title.join(", "))}: benchmark report</title>
<style>${STYLE}</style>
</head>
<body>
<script type="application/json" id="report">${json(report)}</script>
<script type="application/json" id="pictures">${json(pictures)}</script>
<script>
${[NAMING, ...functions, "main();"].join("\n")}
</script>
</body>
</html>
`;
}

/** JSON that ends no script element, whatever it holds. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
