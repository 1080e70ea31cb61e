/** @file The cursor of all charts as a slider, for those who have no pointer, and the way to the episodes of its step. */
import type { Runs } from "../state/runs.ts";

export function Steps({ runs }: { runs: Runs }) {
  const span = runs.span.value;
  if (span === undefined) return null;
  const at = runs.at.value ?? span.last;
  const open = runs.episodes.value.findLast((step) => step <= at);
  const hasNone = runs.episodes.value.length === 0;
  return (
    <div class="steps">
      <label class="steps-at" for="steps-slider">
        Step <b>{at}</b>
      </label>
      <input
        id="steps-slider"
        type="range"
        min={span.first}
        max={span.last}
        value={at}
        aria-label="Step"
        onInput={(event) => (runs.at.value = Number(event.currentTarget.value))}
      />
      <button
        type="button"
        class="plain open-point"
        disabled={open === undefined}
        title={hasNone ? "This run has recorded no episodes" : "What was recorded at this step"}
        onClick={() => open !== undefined && void runs.openPoint(open)}
      >
        {open === undefined ? "No episodes" : `Episodes of step ${open}`}
      </button>
    </div>
  );
}
