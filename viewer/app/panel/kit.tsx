/** @file A team's shirt as a small sign beside its name: colour and pattern, as on the pitch. */
import { kitOf } from "../../../env/frame/index.ts";
import { css } from "../stage/token.ts";

export function KitSign({ team, size = 16 }: { team: 0 | 1; size?: number }) {
  const kit = kitOf({ team, keeper: false });
  const id = `kit-${team}`;
  return (
    <svg class="kit" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <clipPath id={id}>
        <circle cx="10" cy="10" r="8" />
      </clipPath>
      <circle cx="10" cy="10" r="9.4" fill={css(kit.rim)} />
      <circle cx="10" cy="10" r="8" fill={css(kit.shirt)} />
      {kit.stripe !== undefined && (
        <g clip-path={`url(#${id})`} fill={css(kit.stripe)}>
          <rect x="0" y="0" width="20" height="6" />
          <rect x="0" y="14" width="20" height="6" />
        </g>
      )}
    </svg>
  );
}
