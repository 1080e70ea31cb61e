/**
 * @file The shortest plan in moves, by A*. A node is a position just after a push, and an edge a walk and the next
 * push. What is still to come is at least the pushes of the cheapest matching of boxes to targets; that bound is
 * consistent, so the first solved node that is taken is optimal.
 */
import { makeGrid, moveOf } from "../grid.ts";
import { checkLevel, type Level } from "../level.ts";
import type { Move } from "../rules.ts";
import { behind, NEVER, pushDistances } from "./distances.ts";
import { makeFreeze } from "./freeze.ts";
import { makeMatching } from "./matching.ts";
import { Nodes, UNKNOWN } from "./nodes.ts";
import { Queue } from "./queue.ts";
import { makeWalk } from "./walk.ts";

export type Solution =
  /** `plan` has the fewest moves that there can be. */
  | { status: "solved"; plan: readonly Move[]; pushes: number; nodes: number }
  | { status: "unsolvable"; nodes: number }
  /** The search was given up: a solution has `atLeast` moves, if there is one. */
  | { status: "unproven"; atLeast: number; nodes: number };

export interface SolveOptions {
  /** Positions to expand before giving up (1,000,000, which take some 250 MB and ten seconds). */
  nodes?: number;
}

/** Solves the level from where its player and boxes are. Throws what `checkLevel` throws. */
export function solve(level: Level, { nodes: most = 1_000_000 }: SolveOptions = {}): Solution {
  const grid = makeGrid(checkLevel(level));
  const targets = level.targets.map((cell) => grid.fromLevel[cell]!);
  const { toTarget, dead } = pushDistances(grid, targets);
  const isTarget = new Uint8Array(grid.count);
  for (const cell of targets) isTarget[cell] = 1;
  const boxAt = new Uint8Array(grid.count);
  const walk = makeWalk(grid, boxAt);
  const frozen = makeFreeze(grid, boxAt, dead);
  const pushesLeft = makeMatching(toTarget);
  const count = targets.length;
  const nodes = new Nodes(count);
  const queue = new Queue();
  const here = new Uint16Array(count + 1);
  const there = new Uint16Array(count + 1);

  const stand = (cells: Uint16Array, value: 0 | 1): void => {
    for (let i = 0; i < count; i++) boxAt[cells[i]!] = value;
  };

  /** The box was just pushed to `cell`: whether it, or one that it holds, can never come to a target. */
  const lost = (cell: number): boolean => {
    if (!frozen(cell)) return false;
    for (let i = 0; i < count; i++) {
      const box = there[i]!;
      if (isTarget[box] === 0 && frozen(box)) return true;
    }
    return false;
  };

  /** Offers the position `there` at this cost; `cell` is the box pushed last. */
  const offer = (parent: number, cost: number, cell: number): void => {
    const node = nodes.add(there);
    if (nodes.cost[node] === UNKNOWN) {
      // A rest of NEVER stays with the node: it is lost, whoever comes by again.
      const rest = lost(cell) ? NEVER : pushesLeft(there);
      nodes.rest[node] = rest;
    }
    if (cost >= nodes.cost[node]!) return;
    nodes.cost[node] = cost;
    nodes.parent[node] = parent;
    if (nodes.rest[node]! < NEVER) queue.add(cost + nodes.rest[node]!, node);
  };

  const expand = (node: number): void => {
    here.set(nodes.cells(node));
    const cost = nodes.cost[node]!;
    stand(here, 1);
    walk.from(here[count]!);
    for (let i = 0; i < count; i++) {
      const box = here[i]!;
      for (let direction = 0; direction < 4; direction++) {
        const to = grid.next[box * 4 + direction]!;
        const from = behind(grid, box, direction);
        if (to < 0 || from < 0 || boxAt[to] === 1 || dead[to] === 1) continue;
        const steps = walk.steps(from);
        if (steps < 0) continue;
        replace(here, i, to, there);
        there[count] = box;
        boxAt[box] = 0;
        boxAt[to] = 1;
        offer(node, cost + steps + 1, to);
        boxAt[to] = 0;
        boxAt[box] = 1;
      }
    }
    stand(here, 0);
  };

  /** The moves on the way to a node, and how many of them push. */
  const planTo = (end: number): { plan: Move[]; pushes: number } => {
    const line: number[] = [];
    for (let node = end; node >= 0; node = nodes.parent[node]!) line.push(node);
    line.reverse();
    const plan: Move[] = [];
    for (let i = 1; i < line.length; i++) {
      const cells = nodes.cells(line[i - 1]!);
      // The player ends where the box was.
      const box = nodes.cells(line[i]!)[count]!;
      stand(cells, 1);
      walk.from(cells[count]!);
      stand(cells, 0);
      const direction = [0, 1, 2, 3].find((one) => pushed(box, one, line[i - 1]!, line[i]!))!;
      for (const step of walk.way(behind(grid, box, direction))) plan.push(moveOf(step));
      plan.push(moveOf(direction));
    }
    return { plan, pushes: line.length - 1 };
  };

  const pushed = (box: number, direction: number, before: number, after: number): boolean => {
    const to = grid.next[box * 4 + direction]!;
    const had = nodes.cells(before).subarray(0, count);
    return to >= 0 && !had.includes(to) && nodes.cells(after).subarray(0, count).includes(to);
  };

  here.set(level.boxes.map((cell) => grid.fromLevel[cell]!).sort((a, b) => a - b));
  here[count] = grid.fromLevel[level.player]!;
  const root = nodes.add(here);
  nodes.cost[root] = 0;
  nodes.parent[root] = -1;
  const rest = pushesLeft(here);
  nodes.rest[root] = rest;
  if (rest < NEVER) queue.add(rest, root);
  let expanded = 0;
  for (let total = queue.least(); total !== undefined; total = queue.least()) {
    const node = queue.take(total);
    if (nodes.closed[node] === 1) continue;
    if (nodes.rest[node] === 0) return { status: "solved", ...planTo(node), nodes: expanded };
    if (expanded >= most) return { status: "unproven", atLeast: total, nodes: expanded };
    nodes.closed[node] = 1;
    expanded++;
    expand(node);
  }
  return { status: "unsolvable", nodes: expanded };
}

/** Copies sorted boxes with the one at `i` replaced, in order again. */
function replace(from: Uint16Array, i: number, cell: number, to: Uint16Array): void {
  const count = from.length - 1;
  let place = 0;
  let put = false;
  for (let k = 0; k < count; k++) {
    if (k === i) continue;
    if (!put && from[k]! > cell) {
      to[place++] = cell;
      put = true;
    }
    to[place++] = from[k]!;
  }
  if (!put) to[place] = cell;
}
