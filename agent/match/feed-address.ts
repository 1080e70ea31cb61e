/** @file Where a running page takes episodes, and whether it does. */
import { TouchlineError } from "../../env/error.ts";
import { PHYSICS_BUILD } from "../../env/football/index.ts";

const ANSWER_MS = 3000;

/** The address under the page's own for feeds. Throws `feed/url` unless it is an http address. */
export function feedAddress(url: string, path = ""): URL {
  const page = URL.canParse(url) ? new URL(url) : undefined;
  if (page?.protocol === "http:") return new URL(`/feed${path}`, page);
  throw new TouchlineError(
    "feed/url",
    `"${url}" is not the address of a page; give the one that touchline watch prints, such as http://127.0.0.1:8787.`,
  );
}

/** What a page whose address has a token in it wants to be told of it, beside the address. */
export function feedHeaders(url: string): Record<string, string> {
  const token = URL.canParse(url) ? new URL(url).searchParams.get("token") : null;
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/**
 * Asks the page whether it takes episodes from here. Throws `feed/url`, `feed/unreachable` when nothing answers there,
 * `feed/refused` when what answers takes none, `feed/physics` when it would play them another way.
 */
export async function checkFeed(url: string): Promise<void> {
  const address = feedAddress(url);
  const { origin } = address;
  let response;
  let text;
  try {
    response = await fetch(address, {
      signal: AbortSignal.timeout(ANSWER_MS),
      redirect: "error",
      headers: feedHeaders(url),
    });
    text = await response.text();
  } catch (cause) {
    const message = `No page answers at ${origin}; start one with touchline watch, or give the address of one that runs.`;
    throw new TouchlineError("feed/unreachable", message, { cause });
  }
  const physics = physicsOf(text);
  if (!response.ok || physics === undefined) {
    const words = response.status === 403 ? text.trim() : "";
    throw new TouchlineError(
      "feed/refused",
      `What answers at ${origin} takes no episodes${words === "" ? "" : ` (${words})`}; ` +
        "expected the page of a touchline watch of this release, on this machine or with the token for feeding.",
    );
  }
  if (physics === PHYSICS_BUILD) return;
  throw new TouchlineError(
    "feed/physics",
    `The page at ${origin} runs ${physics}, and this program ${PHYSICS_BUILD}; start the page with this release.`,
  );
}

function physicsOf(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const known = typeof answer === "object" && answer !== null && "physics" in answer;
    return known && typeof answer.physics === "string" ? answer.physics : undefined;
  } catch {
    return undefined;
  }
}
