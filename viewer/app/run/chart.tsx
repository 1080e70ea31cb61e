/**
 * @file One metric as a small chart. All charts of a run share their steps and their cursor; a click opens what was
 * recorded at the step under it. The lines are stretched to the box, so that nothing needs to know how wide it is.
 */
import { useMemo } from "preact/hooks";
import { nearestPlace, smooth, ticks, titleOf } from "../../player/index.ts";
import type { Curve } from "../../protocol/index.ts";
import { still } from "../panel/still.ts";
import { valueText } from "../panel/text.ts";
import type { Runs } from "../state/runs.ts";

/** Of the field in which the lines are drawn. */
const SIZE = 1000;
/** With so many points a smooth line is drawn over them. */
const SMOOTH_FROM = 60;
/** The part of a curve's steps to either side that the smooth line is the mean of. */
const SMOOTH_REACH = 1 / 30;
/** So near to a mark one means it. */
const MARK_PIXELS = 5;
/** Success goes from 0 to 1; others between their own lowest and highest. */
const SHARE = /^success\//;

/** The first and the last step that the charts of a run show. */
export interface Span {
  first: number;
  last: number;
}

export function Chart({ runs, curve, span }: { runs: Runs; curve: Curve; span: Span }) {
  const { name, steps, values } = curve;
  const { first, last } = span;
  const field = useMemo(() => fieldOf(curve, { first, last }), [curve, first, last]);
  const at = runs.at.value;
  const opened = runs.point.value?.step;
  const place = nearestPlace(curve, at ?? last);
  const left = percent(field.x(steps[place]!));
  const { title } = titleOf(name);

  const move = (event: PlotEvent): void => {
    runs.at.value = steps[nearestPlace(curve, stepUnder(event, span).step)]!;
  };
  const open = (event: PlotEvent): void => {
    const { step, reach } = stepUnder(event, span);
    // Who aims at a mark means what was recorded there, and not what is nearest before.
    const marked = runs.episodes.peek().find((recorded) => Math.abs(recorded - step) <= reach);
    void runs.openPoint(marked ?? steps[nearestPlace(curve, step)]!);
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
        onPointerMove={move}
        onPointerLeave={() => (runs.at.value = opened)}
        onClick={open}
      >
        <Drawing runs={runs} curve={curve} field={field} />
        {opened !== undefined && opened >= first && opened <= last && (
          <i class="opened" style={{ left: percent(field.x(opened)) }} />
        )}
        {at !== undefined && <i class="cursor" style={{ left }} />}
        <i class="dot" style={{ left, top: percent(field.y(values[place]!)) }} />
      </div>
      <p class="marks-x faint" aria-hidden="true">
        <span>{first}</span>
        <span>{last}</span>
      </p>
    </figure>
  );
}

type PlotEvent = MouseEvent & { currentTarget: HTMLElement };

/** The step under a pointer, and how many steps make up the breadth of a mark. */
function stepUnder(
  { currentTarget, clientX }: PlotEvent,
  { first, last }: Span,
): { step: number; reach: number } {
  const { left, width } = currentTarget.getBoundingClientRect();
  const part = Math.min(1, Math.max(0, (clientX - left) / width));
  return { step: first + part * (last - first), reach: (MARK_PIXELS / width) * (last - first) };
}

/** Where things are in the plot, from 0 at its left and its top to 1. */
interface Field {
  x: (step: number) => number;
  y: (value: number) => number;
  /** Values with a line of their own. */
  marks: readonly number[];
}

function fieldOf(curve: Curve, { first, last }: Span): Field {
  const { low, high, marks } = heightsOf(curve);
  return {
    x: (step) => (last === first ? 0.5 : (step - first) / (last - first)),
    y: (value) => 1 - (value - low) / (high - low),
    marks,
  };
}

/** The cursor moves all the time, and the lines stay. */
const Drawing = still(({ runs, curve, field }: { runs: Runs; curve: Curve; field: Field }) => {
  const { steps, values } = curve;
  const isSmooth = values.length >= SMOOTH_FROM;
  const reach = (steps.at(-1)! - steps[0]!) * SMOOTH_REACH;
  return (
    <>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} preserveAspectRatio="none" aria-hidden="true">
        {field.marks.map((mark) => (
          <path key={mark} class="rule" d={`M0 ${field.y(mark) * SIZE}H${SIZE}`} />
        ))}
        <path class="line" data-noise={isSmooth} d={pathOf(steps, values, field)} />
        {isSmooth && <path class="line" d={pathOf(steps, smooth(curve, reach), field)} />}
      </svg>
      {field.marks.map((mark) => (
        <span key={mark} class="mark-y" style={{ top: percent(field.y(mark)) }}>
          {valueText(mark)}
        </span>
      ))}
      <Recorded runs={runs} field={field} />
    </>
  );
});

/** Where there is something to open: as many marks as one can tell from each other. */
function Recorded({ runs, field }: { runs: Runs; field: Field }) {
  const parts = runs.episodes.value.map(field.x).filter((part) => part >= 0 && part <= 1);
  const places = new Set(parts.map((part) => Math.round(part * 200) / 2));
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
  const marks = ticks(low, high, 4);
  const room = (high - low) * 0.06;
  return { low: low - room, high: high + room, marks };
}

function pathOf(steps: readonly number[], values: readonly number[], { x, y }: Field): string {
  const parts = steps.map((step, i) => `${(x(step) * SIZE).toFixed(1)} ${(y(values[i]!) * SIZE).toFixed(1)}`);
  // A single point is a short line.
  return parts.length === 1 ? `M${parts[0]}h.1` : `M${parts.join("L")}`;
}

function describe(title: string, { steps, values }: Curve): string {
  const [first, last] = [valueText(values[0]!), valueText(values.at(-1)!)];
  return `${title}: ${first} at step ${steps[0]}, ${last} at step ${steps.at(-1)}`;
}
