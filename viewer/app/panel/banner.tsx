/** @file Goals, decisions of the referee and restarts over the pitch. For the eye only: the spoken commentary says the same. */
import type { Banner } from "../../player/index.ts";
import type { Session } from "../state/session.ts";
import { Icon } from "./icon.tsx";
import { KitSign } from "./kit.tsx";

const ICONS = {
  "yellow-card": "yellow-card",
  "red-card": "red-card",
  offside: "flag",
  foul: "whistle",
  "half-time": "half",
} as const satisfies Partial<Record<Banner["kind"], unknown>>;

export function BannerOver({ session }: { session: Session }) {
  const banner = session.shown.value?.banner;
  if (banner === undefined) return null;
  return (
    <div class="banner" key={banner.id} data-kind={banner.kind} data-team={banner.team} aria-hidden="true">
      <span class="banner-title">
        {isDecision(banner.kind) && <Icon name={ICONS[banner.kind]} size={18} />}
        {banner.title}
      </span>
      {banner.detail !== "" && (
        <span class="banner-detail">
          {banner.team !== -1 && banner.kind !== "goal" && <KitSign team={banner.team} size={14} />}
          {banner.detail}
        </span>
      )}
    </div>
  );
}

function isDecision(kind: Banner["kind"]): kind is keyof typeof ICONS {
  return Object.hasOwn(ICONS, kind);
}
