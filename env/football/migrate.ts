/** @file Scenarios of earlier versions as they are said today. Files and recorded episodes keep their version for ever. */

/** What a file of any version says, in today's words. Whatever is no scenario comes back as it is, to be refused by the schema. */
export function migrateScenario(value: unknown): unknown {
  if (!isObject(value) || value["version"] !== 1) return value;
  return fromVersion1(value);
}

/** Version 1 had three of today's ends as rules. */
function fromVersion1(value: Record<string, unknown>): Record<string, unknown> {
  const { rules, ...rest } = value;
  if (!isObject(rules)) return { ...value, version: 2 };
  const { endOnScore, endOnOutOfPlay, endOnPossessionChange, ...others } = rules;
  const flags = [
    ["goal", endOnScore, "endOnScore"],
    ["out-of-play", endOnOutOfPlay, "endOnOutOfPlay"],
    ["possession-lost", endOnPossessionChange, "endOnPossessionChange"],
  ] as const;
  // What was no flag stays where it was, for the schema to name.
  const strange = flags.filter(([, flag]) => flag !== undefined && typeof flag !== "boolean");
  const kept = Object.fromEntries(strange.map(([, flag, name]) => [name, flag]));
  const ends = flags.filter(([, flag]) => flag === true).map(([when]) => ({ when }));
  return { ...rest, version: 2, rules: { ...others, ...kept }, ends };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
