/** @file What the page drafts: kept for a page that is loaded again, in this tab only. */
import type { Scenario } from "../../../env/football/index.ts";

export interface Draft {
  scenario: Scenario;
  /** Of the file that it was read from; null for one that is in no file of one's own. */
  stamp: string | null;
  /** It differs from what is saved. */
  changed: boolean;
}

const PREFIX = "touchline.draft.";

export function keepDraft(draft: Draft): void {
  try {
    const key = PREFIX + draft.scenario.id;
    if (draft.changed) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {
    // Without a place to keep it the draft lives as long as the page does.
  }
}

export function dropDraft(id: string): void {
  try {
    sessionStorage.removeItem(PREFIX + id);
  } catch {
    // There is nothing then.
  }
}

export function keptDraft(id: string): Draft | undefined {
  try {
    const text = sessionStorage.getItem(PREFIX + id);
    return text === null ? undefined : (JSON.parse(text) as Draft);
  } catch {
    return undefined;
  }
}
