/** @file A session as OpenEnv sees it: what comes in as `data` of a reset or a step, and what goes out. */
import { z } from "zod";
import { Failure, type Issue } from "../failure.ts";
import { type Act, isConfigKey, type Turn } from "../game/index.ts";
import type { Play } from "../play.ts";
import type { Session } from "../session/index.ts";

export interface Payload {
  observation: Record<string, unknown>;
  reward: number | null;
  done: boolean;
}

const resetSchema = z.strictObject({
  seed: z.int().min(0).max(0xffffffff).nullish(),
  episode_id: z.string().max(255).nullish(),
});
const actSchema = z.strictObject({
  text: z.string().optional(),
  texts: z.array(z.string()).max(22).optional(),
  action: z.unknown().optional(),
  request_id: z.string().max(100).nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

export class Seat {
  readonly session: Session;
  readonly #play: Play;
  /** What the address says is played; the server's usual without. */
  readonly #scenario: string | undefined;
  #episode: string | null = null;

  constructor(play: Play, session: Session, scenario: string | undefined) {
    this.#play = play;
    this.session = session;
    this.#scenario = scenario;
  }

  /** `data` has `seed`, `episode_id` and what chooses the game; without the last what was played before goes on. */
  async reset(data: Readonly<Record<string, unknown>>): Promise<Payload> {
    const own = Object.entries(data).filter(([key]) => !isConfigKey(key));
    const { seed, episode_id } = resetSchema.parse(Object.fromEntries(own));
    const chosen = this.#play.chosen(data);
    const known = chosen === undefined ? this.session.config : undefined;
    const config = known ?? this.#play.config(chosen ?? {}, this.#scenario);
    const started = await this.#play.reset(this.session, { config, seed: seed ?? undefined });
    this.#episode = episode_id ?? null;
    const { observation, ...rest } = this.payload(started);
    return { observation: { ...observation, system: started.system }, ...rest };
  }

  async step(data: Readonly<Record<string, unknown>>, request?: string): Promise<Payload> {
    const { request_id, metadata, ...given } = actSchema.parse(data);
    const told = request ?? request_id ?? metadata?.["request_id"];
    const turn = await this.#play.act(
      this.session,
      actOf(given, data),
      typeof told === "string" ? told : undefined,
    );
    return this.payload(turn);
  }

  state(): Record<string, unknown> {
    const { seed, stepCount, scenario, done } = this.session.state;
    return { episode_id: this.#episode, step_count: stepCount, seed, scenario, done };
  }

  payload({ views, reward, done, info }: Turn): Payload {
    const seen = views.map(({ words, image, ...rest }) => ({
      text: words,
      image:
        image === undefined
          ? null
          : Buffer.from(image.buffer, image.byteOffset, image.length).toString("base64"),
      ...rest,
    }));
    this.#play.sent(seen.filter(({ image }) => image !== null).length);
    const one = seen.length === 1 ? seen[0] : { players: seen };
    return { observation: { ...one, ...(this.session.config?.info && { info }) }, reward, done };
  }
}

function actOf({ text, texts, action }: z.infer<typeof actSchema>, data: unknown): Act {
  if (text !== undefined && texts === undefined && action === undefined) return { text };
  if (texts !== undefined && text === undefined && action === undefined) return { texts };
  if (action !== undefined && text === undefined && texts === undefined) return { action };
  const isMissing = text === undefined && texts === undefined && action === undefined;
  const issue: Issue = isMissing
    ? { type: "missing", loc: ["text"], msg: "Field required", input: data }
    : {
        type: "value_error",
        loc: ["text"],
        msg: 'Expected one of "text", "texts" and "action"',
        input: null,
      };
  throw new Failure("invalid", "serve/act", `${issue.msg}.`, { issues: [issue] });
}
