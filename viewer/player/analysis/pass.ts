/** @file Who passed to whom up to a tick, and where they did: the network of a team's passes. */
import type { Lineup } from "../../../env/frame/scene.ts";
import type { Timeline } from "../timeline.ts";

export interface PassNode {
  player: number;
  /** Passes that he played or got; his mean place when he did, in centimetres. */
  touches: number;
  x: number;
  y: number;
}

export interface PassLink {
  /** Of the pair the lower index first. */
  a: number;
  b: number;
  passes: number;
}

export interface PassNetwork {
  tried: number;
  completed: number;
  nodes: PassNode[];
  links: PassLink[];
}

export function passNetwork(timeline: Timeline, { players }: Lineup, team: 0 | 1, tick: number): PassNetwork {
  const places = new Map<number, { touches: number; x: number; y: number }>();
  const links = new Map<string, PassLink>();
  let [tried, completed] = [0, 0];
  const touch = (player: number, at: number): void => {
    const figure = timeline.peek(timeline.indexAt(at))?.figures[player];
    if (figure === undefined || players[player]?.team !== team) return;
    const sum = places.get(player) ?? { touches: 0, x: 0, y: 0 };
    places.set(player, { touches: sum.touches + 1, x: sum.x + figure.x, y: sum.y + figure.y });
  };
  for (const event of timeline.events) {
    if (event.tick > tick) break;
    if (event.team !== team) continue;
    if (event.kind === "pass") {
      tried++;
      touch(event.player, event.tick);
    } else if (event.kind === "pass-completed") {
      completed++;
      touch(event.player, event.tick);
      const [a, b] = [Math.min(event.from, event.player), Math.max(event.from, event.player)];
      const link = links.get(`${a} ${b}`) ?? { a, b, passes: 0 };
      link.passes++;
      links.set(`${a} ${b}`, link);
    }
  }
  const nodes = [...places].map(([player, { touches, x, y }]) => ({
    player,
    touches,
    x: x / touches,
    y: y / touches,
  }));
  return { tried, completed, nodes, links: [...links.values()].sort((a, b) => a.passes - b.passes) };
}
