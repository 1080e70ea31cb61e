/** @file Goals and restarts over the pitch. For the eye only: the spoken commentary says the same. */
import type { Session } from "../state/session.ts";
import { KitSign } from "./kit.tsx";

export function BannerOver({ session }: { session: Session }) {
  const banner = session.shown.value?.banner;
  if (banner === undefined) return null;
  return (
    <div class="banner" key={banner.id} data-kind={banner.kind} data-team={banner.team} aria-hidden="true">
      <span class="banner-title">{banner.title}</span>
      {banner.detail !== "" && (
        <span class="banner-detail">
          {banner.team !== -1 && banner.kind === "restart" && <KitSign team={banner.team} size={14} />}
          {banner.detail}
        </span>
      )}
    </div>
  );
}
