/** @file Where a number stopped being one: the first layer going forward, or the first gradient going back. */
import type { Feeds, Session } from "../../agent/graph/index.ts";
import { probeGraph, type TrainingPlan } from "./graph.ts";
import type { StateTensors } from "./tensors.ts";

/** A phrase for the first that is not finite; undefined when all are. */
export async function firstNotFinite(
  plan: TrainingPlan,
  pictures: boolean,
  tensors: StateTensors,
  run: (session: Session, names: readonly string[]) => Promise<Feeds>,
): Promise<string | undefined> {
  const { graph, trainable, places } = probeGraph(plan, pictures);
  const session = await tensors.open(graph, { directory: plan.directory, lengthsVary: true });
  const outputs = await run(
    session,
    trainable.map(({ name }) => name),
  );
  await session.close();
  const index = places.findIndex((_, i) => Number.isNaN((outputs[`probe.${i}`]!.data as Float32Array)[0]!));
  return places[index];
}
