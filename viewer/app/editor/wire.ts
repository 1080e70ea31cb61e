/** @file What the editor asks the server over HTTP; a refusal is thrown as its sentence. */
import type { DraftRequest, Opened, Saved, SaveRequest, ScenarioRead } from "../../protocol/index.ts";

/** Why the server did not do it, in words. */
export class Refusal extends Error {}

export function readScenario(id: string): Promise<ScenarioRead> {
  return ask(`/scenarios/read?${new URLSearchParams({ id })}`);
}

export function saveScenario(request: SaveRequest): Promise<Saved> {
  return ask("/scenarios/save", request);
}

export function playDraft(request: DraftRequest): Promise<Opened> {
  return ask("/scenarios/play", request);
}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const sent =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, sent).catch(() => undefined);
  if (response === undefined) throw new Refusal("The server does not answer.");
  if (!response.ok) throw new Refusal((await response.text()).trim());
  return response.json();
}
