/** @file Ends that name zones and players who are there. */
import { nearestName } from "../../env/error.ts";
import type { Member, Scenario } from "../../env/football/scenario.ts";
import type { Problem } from "../../env/problem.ts";

export function checkEnds(scenario: Scenario): Problem[] {
  return scenario.ends.flatMap((end, i): Problem[] => {
    const path = ["ends", i];
    if (end.when === "time") {
      return end.result === undefined
        ? [{ path, says: "says nothing, for time always ends an episode; expected a result" }]
        : [];
    }
    if (end.when !== "enters" && end.when !== "leaves") return [];
    return [
      ...checkWho(scenario, end.who, [...path, "who"]),
      ...checkZone(scenario, end.zone, [...path, "zone"]),
    ];
  });
}

/** Whether the scenario has a zone of this name. */
export function checkZone({ zones = [] }: Scenario, name: string, path: readonly PropertyKey[]): Problem[] {
  const names = zones.map((zone) => zone.name);
  if (names.includes(name)) return [];
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
  return [{ path, says: `is "${name}", which is none of the zones${hint}` }];
}

/** Whether the scenario has this member. */
export function checkWho({ left, right }: Scenario, who: Member, path: readonly PropertyKey[]): Problem[] {
  if (who === "ball") return [];
  const [side, place] = who.split(".");
  const { players } = side === "left" ? left : right;
  if (Number(place) < players.length) return [];
  const says = `is "${who}", who is not in the scenario; expected ${side}.0 to ${side}.${players.length - 1}`;
  return [{ path, says }];
}
