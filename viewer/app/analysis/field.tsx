/** @file The pitch of a map: lines as analysts draw them, with whatever is on it. A unit is a metre, the middle is 0. */
import type { ComponentChildren } from "preact";
import type { PitchSize } from "../../../env/frame/index.ts";

/** Law 1, in metres; on a small pitch in proportion. */
const BOX = { depth: 16.5, half: 20.16 };
const GOAL_AREA = { depth: 5.5, half: 9.16 };
const CIRCLE = 9.15;
const MARGIN = 3;

export interface FieldProps {
  pitch: PitchSize;
  /** What the map shows, for those who do not see it. */
  label: string;
  children?: ComponentChildren;
}

export function Field({ pitch, label, children }: FieldProps) {
  const halfLength = pitch.halfLength / 100;
  const halfWidth = pitch.halfWidth / 100;
  const goal = pitch.goalHalfWidth / 100;
  const small = Math.min(1, halfLength / 52.5, halfWidth / 34);
  const view = [
    -halfLength - MARGIN,
    -halfWidth - MARGIN,
    2 * (halfLength + MARGIN),
    2 * (halfWidth + MARGIN),
  ];
  return (
    <svg class="field" viewBox={view.join(" ")} role="img" aria-label={label}>
      <rect class="grass" x={view[0]} y={view[1]} width={view[2]} height={view[3]} />
      {children}
      <g class="lines">
        <rect x={-halfLength} y={-halfWidth} width={2 * halfLength} height={2 * halfWidth} />
        <path d={`M0 ${-halfWidth}V${halfWidth}`} />
        <circle cx="0" cy="0" r={CIRCLE * small} />
        {([-1, 1] as const).map((side) => (
          <g key={side} transform={`scale(${side} 1)`}>
            {[BOX, GOAL_AREA].map(({ depth, half }) => (
              <rect
                key={depth}
                x={halfLength - depth * small}
                y={-half * small}
                width={depth * small}
                height={2 * half * small}
              />
            ))}
            <rect x={halfLength} y={-goal} width={MARGIN * 0.6} height={2 * goal} />
          </g>
        ))}
      </g>
    </svg>
  );
}

/** Where a map attacks to. */
export function Attack({ pitch, name }: { pitch: PitchSize; name: string }) {
  const y = pitch.halfWidth / 100 - 3;
  return (
    <g class="attack" aria-hidden="true">
      <text x="0" y={y} text-anchor="middle">
        {name} →
      </text>
    </g>
  );
}
