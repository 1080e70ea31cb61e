/** @file The pitch from above, in metres: mown grass, the lines of the Laws, two goals. */
import type { Pitch } from "../../../env/football/index.ts";
import { marksOf } from "../../../env/frame/index.ts";
import type { Box } from "./lens.ts";

const BANDS = 20;

export function Grass({ pitch, box }: { pitch: Pitch; box: Box }) {
  const { halfLength, halfWidth, goalHalfWidth, goalDepth, boxDepth, boxHalfWidth, penaltyDistance } = pitch;
  const { goalAreaDepth, goalAreaHalfWidth, kickDistance } = pitch;
  const corner =
    marksOf({ halfLength: 100 * halfLength, halfWidth: 100 * halfWidth, goalHalfWidth: 100 * goalHalfWidth })
      .corner / 100;
  const band = (2 * halfLength) / BANDS;
  // Where the circle around the spot leaves the penalty area.
  const inside = boxDepth - penaltyDistance;
  const arc = Math.sqrt(Math.max(0, kickDistance * kickDistance - inside * inside));
  return (
    <g class="grass" aria-hidden="true">
      <rect class="run-off" x={box.x} y={box.y} width={box.width} height={box.height} />
      {Array.from({ length: BANDS }, (_, i) => (
        <rect
          key={i}
          class={i % 2 === 0 ? "light" : "dark"}
          x={-halfLength + i * band}
          y={-halfWidth}
          width={band + 0.05}
          height={2 * halfWidth}
        />
      ))}
      <g class="lines">
        <rect x={-halfLength} y={-halfWidth} width={2 * halfLength} height={2 * halfWidth} />
        <path d={`M0 ${-halfWidth}V${halfWidth}`} />
        <circle r={kickDistance} />
        <circle class="spot" r="0.25" />
        {[-1, 1].map((side) => (
          <g key={side} transform={`translate(${side * halfLength}) scale(${-side} 1)`}>
            <rect y={-boxHalfWidth} width={boxDepth} height={2 * boxHalfWidth} />
            <rect y={-goalAreaHalfWidth} width={goalAreaDepth} height={2 * goalAreaHalfWidth} />
            <circle class="spot" cx={penaltyDistance} r="0.25" />
            <path d={`M${boxDepth} ${-arc}A${kickDistance} ${kickDistance} 0 0 1 ${boxDepth} ${arc}`} />
            <path d={`M${corner} ${-halfWidth}A${corner} ${corner} 0 0 1 0 ${corner - halfWidth}`} />
            <path d={`M0 ${halfWidth - corner}A${corner} ${corner} 0 0 1 ${corner} ${halfWidth}`} />
            <rect
              class="net"
              x={-goalDepth}
              y={-goalHalfWidth}
              width={goalDepth}
              height={2 * goalHalfWidth}
            />
          </g>
        ))}
      </g>
    </g>
  );
}
