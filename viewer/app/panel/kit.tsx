/** @file A team's shirt as a small sign beside its name: colour, pattern and shape, as on the pitch. */
import { useId } from "preact/hooks";
import { kitOf } from "../../../env/frame/index.ts";
import { css } from "../stage/token.ts";

export function KitSign({ team, size = 16 }: { team: 0 | 1; size?: number }) {
  const kit = kitOf({ team, keeper: false });
  const id = useId();
  return (
    <svg class="kit" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {team === 0 ? (
        <circle cx="10" cy="10" r="8.7" fill={css(kit.shirt)} stroke={css(kit.rim)} stroke-width="1.4" />
      ) : (
        <>
          <clipPath id={id}>
            <rect x="2" y="2" width="16" height="16" rx="3.4" />
          </clipPath>
          <rect x="2" y="2" width="16" height="16" rx="3.4" fill={css(kit.shirt)} />
          <g clip-path={`url(#${id})`} fill={css(kit.stripe ?? kit.shirt)}>
            <rect x="0" y="0" width="20" height="6" />
            <rect x="0" y="14" width="20" height="6" />
          </g>
          <rect
            x="1.6"
            y="1.6"
            width="16.8"
            height="16.8"
            rx="3.8"
            fill="none"
            stroke={css(kit.rim)}
            stroke-width="1.2"
          />
        </>
      )}
    </svg>
  );
}
