/** @file How frames are painted where nobody who plays a match says so: as the scenario and the policy have it. */
import type { Scenario } from "../../env/football/index.ts";
import { type FrameOptions, frameOptions } from "../../env/frame/index.ts";
import type { Policy } from "../policy/index.ts";

/** How the frames of each side are painted, where the scenario or its policy has a way of its own. */
export function ownFrames(scenario: Scenario, left: Policy | undefined, right: Policy | undefined) {
  const own = { left: left && usualFrame(scenario, left), right: right && usualFrame(scenario, right) };
  const frames = {
    ...(own.left && { left: frameOptions(own.left) }),
    ...(own.right && { right: frameOptions(own.right) }),
  };
  return Object.keys(frames).length > 0 ? { frames } : {};
}

/** Of one side: the scenario's way with the policy's own over it; undefined where neither has one. */
export function usualFrame(
  { observation }: Scenario,
  policy: Policy | undefined,
): Partial<FrameOptions> | undefined {
  const { frame } = observation ?? {};
  return frame || policy?.frame ? { ...frame, ...policy?.frame } : undefined;
}
