/** @file A view whose code is loaded when it is first looked at. */
import { type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../state/session.ts";

type View = ComponentType<{ session: Session }>;

export function Lazy({ session, load }: { session: Session; load: () => Promise<View> }) {
  const [view, setView] = useState<{ Shown: View } | string>("Loading …");
  useEffect(() => {
    load().then(
      (Shown) => setView({ Shown }),
      () => setView("This part of the page could not be loaded; load the page again."),
    );
  }, [load]);
  if (typeof view === "string") return <p class="faint nothing">{view}</p>;
  return <view.Shown session={session} />;
}
