/** @file Keys: from the environment only, and out of everything that is written. */

/** The places where a key may stand, the first that is set counts. */
export const KEY_VARIABLES = ["TOUCHLINE_API_KEY", "OPENAI_API_KEY"] as const;

export function keyFromEnvironment(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return KEY_VARIABLES.map((name) => environment[name]).find((value) => value !== undefined && value !== "");
}

/** The text with the key taken out, whatever a server may have sent back. */
export function withoutKey(text: string, key: string | undefined): string {
  return key === undefined ? text : text.replaceAll(key, "[key]");
}
