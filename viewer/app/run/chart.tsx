/**
 * @file One metric as a small chart. All charts of a run share their steps and their cursor; a click opens what was
 * recorded at the step under it. The lines are stretched to the box, so that nothing needs to know how wide it is.
 */
import { nearestPlace, smooth, ticks, titleOf } from "../../player/index.ts";
import type { Curve } from "../../protocol/index.ts";
import { valueText } from "../panel/text.ts";
import type { Runs } from "../state/runs.ts";

/** Of the field in which the lines are drawn. */
const SIZE = 1000;
/** With so many points a smooth line is drawn over them. */
const SMOOTH_FROM = 60;
/** The part of all points to either side that the smooth line is the mean of. */
const SMOOTH_REACH = 1 / 30;
/** Success goes from 0 to 1; others between their own lowest and highest. */
const SHARE = /^success\//;

export function Chart({ runs, curve }: { runs: Runs; curve: Curve }) {
  const span = runs.span.value;
  const { name, steps, values } = curve;
  if (span === undefined || steps.length === 0) return null;
  const place = nearestPlace(curve, runs.at.value ?? span.last);
  const { low, high, marks } = heightsOf(curve);
  const x = (step: number): number =>
    span.last === span.first ? 0.5 : (step - span.first) / (span.last - span.first);
  const y = (value: number): number => 1 - (value - low) / (high - low);
  const { title } = titleOf(name);
  const isSmooth = values.length >= SMOOTH_FROM;
  const opened = runs.point.value?.step;

  const stepUnder = (event: MouseEvent & { currentTarget: HTMLElement }): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return steps[nearestPlace(curve, span.first + part * (span.last - span.first))]!;
  };
  return (
    <figure class="chart panel" data-curve={name}>
      <figcaption>
        <b>{title}</b>
        <output>{valueText(values[place]!)}</output>
        <code>{name}</code>
        <span class="faint at">at step {steps[place]}</span>
      </figcaption>
      <div
        class="plot"
        role="img"
        aria-label={describe(title, curve)}
        onPointerMove={(event) => (runs.at.value = stepUnder(event))}
        onPointerLeave={() => (runs.at.value = opened)}
        onClick={(event) => void runs.openPoint(stepUnder(event))}
      >
        <svg viewBox={`0 0 ${SIZE} ${SIZE}`} preserveAspectRatio="none" aria-hidden="true">
          {marks.map((mark) => (
            <path key={mark} class="rule" d={`M0 ${y(mark) * SIZE}H${SIZE}`} />
          ))}
          <path class="line" data-noise={isSmooth} d={pathOf(steps, values, x, y)} />
          {isSmooth && (
            <path
              class="line"
              d={pathOf(steps, smooth(values, Math.ceil(values.length * SMOOTH_REACH)), x, y)}
            />
          )}
        </svg>
        {marks.map((mark) => (
          <span key={mark} class="mark-y" style={{ top: percent(y(mark)) }}>
            {valueText(mark)}
          </span>
        ))}
        {opened !== undefined && opened >= span.first && opened <= span.last && (
          <i class="opened" style={{ left: percent(x(opened)) }} />
        )}
        {runs.at.value !== undefined && <i class="cursor" style={{ left: percent(x(steps[place]!)) }} />}
        <i class="dot" style={{ left: percent(x(steps[place]!)), top: percent(y(values[place]!)) }} />
        <Recorded runs={runs} x={x} />
      </div>
      <p class="marks-x faint" aria-hidden="true">
        <span>{span.first}</span>
        <span>{span.last}</span>
      </p>
    </figure>
  );
}

/** Where there is something to open: as many marks as one can tell from each other. */
function Recorded({ runs, x }: { runs: Runs; x: (step: number) => number }) {
  const span = runs.span.value;
  const steps = runs.episodes.value.filter((step) => span && step >= span.first && step <= span.last);
  const places = new Set(steps.map((step) => Math.round(x(step) * 100)));
  return [...places].map((place) => <i key={place} class="recorded" style={{ left: `${place}%` }} />);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)}%`;
}

/** The values at the lower and the upper edge, and those with a line. */
function heightsOf({ name, values }: Curve): { low: number; high: number; marks: readonly number[] } {
  let [low, high] = SHARE.test(name) ? [0, 1] : [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) {
    const around = Math.abs(low) * 0.1 || 1;
    [low, high] = [low - around, high + around];
  }
  const marks = ticks(low, high, 3);
  const room = (high - low) * 0.06;
  return { low: low - room, high: high + room, marks };
}

function pathOf(
  steps: readonly number[],
  values: readonly number[],
  x: (step: number) => number,
  y: (value: number) => number,
): string {
  const parts = steps.map((step, i) => `${(x(step) * SIZE).toFixed(1)} ${(y(values[i]!) * SIZE).toFixed(1)}`);
  // A single point is a short line.
  return parts.length === 1 ? `M${parts[0]}h.1` : `M${parts.join("L")}`;
}

function describe(title: string, { steps, values }: Curve): string {
  const [first, last] = [valueText(values[0]!), valueText(values.at(-1)!)];
  return `${title}: ${first} at step ${steps[0]}, ${last} at step ${steps.at(-1)}`;
}
