/** @file How the report's page looks, in light and in dark, on a desk and on a telephone. */
export const STYLE = `
:root {
  color-scheme: light;
  --page: #e9efeb; --panel: #fff; --panel-2: #f1f5f2; --edge: #d3ddd6; --text: #14211a; --faint: #55675d;
  --accent: #0b62b8; --right: #16794a; --wrong: #b3201a; --other: #7a5c00; --void: #6b5590;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #0b110e; --panel: #141c18; --panel-2: #1b2520; --edge: #26332c; --text: #eaf1ec; --faint: #9db0a5;
    --accent: #8fd3ff; --right: #4fd18b; --wrong: #ff7a73; --other: #ffd35c; --void: #c7b1f2;
  }
}
* { box-sizing: border-box; }
html { font: 14px/1.45 system-ui, sans-serif; background: var(--page); color: var(--text); -webkit-text-size-adjust: 100%; }
body { margin: 0; padding: 16px; }
h1, h2, h4, p, ul, ol { margin: 0; padding: 0; }
h1 { font-size: 20px; }
h2 { font-size: 16px; }
h4 { font-size: 12px; color: var(--faint); font-weight: 600; }
ol { list-style: none; }
a { color: var(--accent); text-decoration: none; }
a:hover, p a { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; margin-bottom: 12px; }
main { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
.tables { display: grid; gap: 16px; min-width: 0; }
.panel { background: var(--panel); border: 1px solid var(--edge); border-radius: 10px; padding: 14px 16px; min-width: 0; }
.suite { display: grid; gap: 12px; }
.faint, small { color: var(--faint); }
small { font-size: 12px; }
.mark {
  display: inline-block; min-width: 18px; padding: 0 4px; margin-right: 6px; border-radius: 4px; text-align: center;
  background: var(--text); color: var(--panel); font-size: 12px;
}
.run { font-weight: 600; overflow-wrap: anywhere; }
.scrolling { overflow-x: auto; }
table { border-collapse: collapse; min-width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 12px 6px 0; border-top: 1px solid var(--edge); vertical-align: top; }
thead th { border-top: 0; color: var(--faint); font-weight: 600; font-size: 12px; vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 104px; max-width: 270px; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
.count { text-align: right; }
td.count { padding-top: 6px; }
.score { min-width: 168px; white-space: nowrap; }
.score a { color: inherit; display: block; }
.score strong { display: inline-block; min-width: 40px; font-size: 15px; }
.score small { margin-left: 6px; }
.score .n { float: right; line-height: 22px; }
td.difference { min-width: 208px; }
.shows strong { color: var(--accent); }
.whisker { display: block; clear: both; position: relative; height: 6px; margin: 3px 0 1px; border-radius: 3px; background: var(--panel-2); }
.whisker i { position: absolute; top: 1px; bottom: 1px; border-radius: 2px; background: var(--faint); opacity: 0.55; }
.whisker b { position: absolute; top: -1px; width: 3px; height: 8px; margin-left: -1px; border-radius: 1px; background: var(--text); }
.whisker.zero { background: linear-gradient(90deg, var(--panel-2) calc(50% - 1px), var(--faint) calc(50% - 1px) 50%, var(--panel-2) 50%); }
.chip {
  display: inline-block; padding: 0 7px; border: 1px solid currentColor; border-radius: 9px; font-size: 12px; line-height: 17px;
  white-space: nowrap; color: var(--other); font-weight: 500;
}
.chip[data-outcome="right"] { color: var(--right); }
.chip[data-outcome="wrong"] { color: var(--wrong); }
.chip[data-outcome$="_error"] { color: var(--void); border-style: dashed; }
.comparison { max-width: 75ch; }
.comparison .mark { margin: 0 1px; }
.notes p { display: inline; }
summary { cursor: pointer; }
details.more > summary, .notes summary { color: var(--faint); }
.notes ul { padding-left: 18px; overflow-wrap: anywhere; }
.finder { display: grid; gap: 10px; }
.finder-head { display: flex; align-items: baseline; gap: 12px; flex-wrap: wrap; }
.finder-head .button { margin-left: auto; }
.filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(120px, 1fr)); gap: 8px; }
.filters label { display: grid; gap: 2px; font-size: 12px; color: var(--faint); min-width: 0; }
select, input, .button {
  font: inherit; color: var(--text); background: var(--panel-2); border: 1px solid var(--edge); border-radius: 6px;
  padding: 5px 8px; min-height: 32px; width: 100%;
}
.button { width: auto; cursor: pointer; }
.sample { border-top: 1px solid var(--edge); }
.sample > summary { display: flex; align-items: baseline; gap: 4px 10px; padding: 7px 0; flex-wrap: wrap; }
.sample > summary::before { content: "\\25b8"; color: var(--faint); }
.sample[open] > summary::before { content: "\\25be"; }
.sample > summary::-webkit-details-marker { display: none; }
.id { font-weight: 600; overflow-wrap: anywhere; }
.categories { color: var(--faint); font-size: 12px; flex: 1 1 80px; min-width: 0; overflow-wrap: anywhere; }
.categories:empty { flex-basis: 0; }
.setting { display: block; font-weight: 400; }
.results { display: flex; gap: 4px 12px; flex-wrap: wrap; }
.body { display: grid; gap: 10px; padding: 2px 0 14px; }
.asked { display: grid; gap: 4px; padding: 10px 12px; background: var(--panel-2); border-radius: 8px; min-width: 0; }
.asked img { max-width: 100%; max-height: 420px; border-radius: 4px; background: #fff; justify-self: start; }
.words { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; max-height: 480px; overflow-y: auto; }
.gold span, .extracted span { color: var(--faint); margin-right: 8px; }
code { font: 13px ui-monospace, monospace; background: var(--panel-2); padding: 1px 6px; border-radius: 4px; overflow-wrap: anywhere; }
.side-by-side { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)); }
.answers { display: grid; gap: 8px; align-content: start; min-width: 0; }
article { display: grid; gap: 6px; border-left: 3px solid var(--edge); padding-left: 10px; min-width: 0; }
.verdict { display: flex; gap: 8px; align-items: baseline; overflow-wrap: anywhere; }
.verdict span:last-child { min-width: 0; }
.thought summary { color: var(--faint); font-size: 12px; }
.output { border-top: 1px dashed var(--edge); padding-top: 6px; }
.moment { display: grid; gap: 6px; padding: 10px 12px; background: var(--panel-2); border-radius: 8px; min-width: 0; }
.moment img { max-width: 100%; border-radius: 4px; image-rendering: pixelated; justify-self: start; }
.moment code { background: var(--panel); }
.does span { color: var(--faint); margin-right: 8px; }
.does .said { margin-left: 8px; overflow-wrap: anywhere; }
.link { font-size: 12px; }
@media (min-width: 1100px) {
  body { padding: 20px 24px; }
  main { grid-template-columns: minmax(0, 11fr) minmax(0, 9fr); }
  .finder { position: sticky; top: 20px; max-height: calc(100vh - 40px); overflow-y: auto; }
}
@media (max-width: 500px) {
  body { padding: 10px; }
  .panel { padding: 12px; }
}
`;
