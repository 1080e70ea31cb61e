/** @file Where a team's outfield players were, or the one whom the camera follows. */
import type { Lineup } from "../../../env/frame/index.ts";
import type { HeatMap } from "../../player/analysis/index.ts";
import { Attack, Field } from "./field.tsx";

interface HeatProps {
  lineup: Lineup;
  team: 0 | 1;
  /** Of whom, in words. */
  who: string;
  heat: HeatMap;
}

export function Heat({ lineup, team, who, heat }: HeatProps) {
  const { columns, rows, cells } = heat;
  const { pitch } = lineup;
  const width = (2 * pitch.halfLength) / 100 / columns;
  const height = (2 * pitch.halfWidth) / 100 / rows;
  const turn = team === 0 ? undefined : "rotate(180)";
  return (
    <figure class="map">
      <figcaption>
        <b>Places</b> <span class="faint">of {who}</span>
      </figcaption>
      <Field pitch={pitch} label={`Where ${who} spent the time, brighter for longer`}>
        <g class="heat" transform={turn}>
          {cells.map((part, i) =>
            part < 0.04 ? null : (
              <rect
                key={i}
                x={-pitch.halfLength / 100 + (i % columns) * width}
                y={-pitch.halfWidth / 100 + Math.floor(i / columns) * height}
                width={width + 0.05}
                height={height + 0.05}
                fill={colourOf(part)}
                opacity={0.25 + 0.7 * part}
              />
            ),
          )}
        </g>
        <Attack pitch={pitch} name={lineup.teams[team].name} />
      </Field>
    </figure>
  );
}

/** From dull red to bright yellow: lighter is more, for every kind of colour vision. */
function colourOf(part: number): string {
  return `hsl(${Math.round(8 + 46 * part)} 92% ${Math.round(34 + 34 * part)}%)`;
}
