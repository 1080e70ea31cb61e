/**
 * @file The bodies of a match in a Rapier2D world: 22 players, the ball, goal posts and nets. Rapier moves
 * and collides them in the plane; the ball's height is ours (`ball/flight.ts`), for Rapier2D has none.
 * A class, because the world lives in WebAssembly memory and must be freed.
 */
import RAPIER from "@dimforge/rapier2d-deterministic-compat";
import {
  BALL_RADIUS,
  BOARDS_BEHIND,
  BOARDS_BESIDE,
  type Pitch,
  PLAYER_RADIUS,
  POST_RADIUS,
} from "../pitch.ts";
import type { Match } from "../state/match.ts";

/** Goes into every episode: another version or build moves bodies differently in the last bits. */
export const PHYSICS_BUILD = "rapier2d-deterministic 0.20.0";

const PLAYERS = 0x0001;
const BALL = 0x0002;
const POSTS = 0x0004;
const NETS = 0x0008;
const BOARDS = 0x0010;
const OBSTACLES = 0x0020;
/** Metres: a mannequin of the training ground. */
const OBSTACLE_HEIGHT = 1.8;

function groups(membership: number, filter: number): number {
  return ((membership << 16) | filter) >>> 0;
}

const BALL_LOW = groups(BALL, POSTS | NETS | BOARDS | OBSTACLES);
const BALL_OVER_OBSTACLES = groups(BALL, POSTS | NETS | BOARDS);
const BALL_OVER_THE_GOAL = groups(BALL, BOARDS);

let loading: Promise<void> | undefined;

/** Loads the WebAssembly module, once for the process or page. */
export function loadPhysics(): Promise<void> {
  loading ??= RAPIER.init();
  return loading;
}

export class PhysicsWorld {
  #world: RAPIER.World;
  readonly #playerHandles: number[] = [];
  #ballHandle = -1;
  #ballGroups = BALL_LOW;
  readonly #hasObstacles: boolean;
  /** Rapier's own setter allocates and frees a vector for every call; one reused vector is 5 times cheaper. */
  readonly #velocity = RAPIER.VectorOps.intoRaw({ x: 0, y: 0 });
  readonly #read = new Float32Array(4);

  constructor(match: Match) {
    this.#world = new RAPIER.World({ x: 0, y: 0 });
    this.#world.timestep = match.tickSeconds;
    this.#world.numSolverIterations = 2;
    this.#addGoals(match.pitch);
    this.#addBoards(match.pitch);
    this.#hasObstacles = match.obstacles !== undefined;
    this.#addObstacles(match);
    for (const player of match.players) this.#playerHandles.push(this.#addPlayer(player.x, player.y));
    this.#ballHandle = this.#addBall(match.ball.x, match.ball.y);
  }

  #addGoals({ halfLength, goalHalfWidth, goalDepth }: Pitch): void {
    const fixed = this.#world.createRigidBody(RAPIER.RigidBodyDesc.fixed());
    for (const side of [-1, 1]) {
      for (const post of [-1, 1]) {
        const y = post * (goalHalfWidth + POST_RADIUS);
        this.#world.createCollider(
          RAPIER.ColliderDesc.ball(POST_RADIUS)
            .setTranslation(side * halfLength, y)
            .setRestitution(0.6)
            .setCollisionGroups(groups(POSTS, PLAYERS | BALL)),
          fixed,
        );
        this.#addNet(fixed, side * (halfLength + goalDepth / 2), y, goalDepth / 2 - POST_RADIUS, 0.05);
      }
      this.#addNet(fixed, side * (halfLength + goalDepth), 0, 0.05, goalHalfWidth + POST_RADIUS);
    }
  }

  #addNet(body: RAPIER.RigidBody, x: number, y: number, halfX: number, halfY: number): void {
    this.#world.createCollider(
      RAPIER.ColliderDesc.cuboid(halfX, halfY)
        .setTranslation(x, y)
        .setRestitution(0)
        .setRestitutionCombineRule(RAPIER.CoefficientCombineRule.Min)
        .setCollisionGroups(groups(NETS, BALL)),
      body,
    );
  }

  #addBoards({ halfLength, halfWidth }: Pitch): void {
    const fixed = this.#world.createRigidBody(RAPIER.RigidBodyDesc.fixed());
    const thickness = 2;
    const halfX = halfLength + BOARDS_BEHIND + thickness;
    const halfY = halfWidth + BOARDS_BESIDE + thickness;
    for (const side of [-1, 1]) {
      for (const desc of [
        RAPIER.ColliderDesc.cuboid(thickness, halfY).setTranslation(side * halfX, 0),
        RAPIER.ColliderDesc.cuboid(halfX, thickness).setTranslation(0, side * halfY),
      ]) {
        this.#world.createCollider(
          desc
            .setRestitution(0.1)
            .setRestitutionCombineRule(RAPIER.CoefficientCombineRule.Min)
            .setCollisionGroups(groups(BOARDS, PLAYERS | BALL)),
          fixed,
        );
      }
    }
  }

  #addObstacles({ obstacles = [] }: Match): void {
    if (obstacles.length === 0) return;
    const fixed = this.#world.createRigidBody(RAPIER.RigidBodyDesc.fixed());
    for (const obstacle of obstacles) {
      const { x, y } = obstacle;
      const desc =
        "radius" in obstacle
          ? RAPIER.ColliderDesc.ball(obstacle.radius)
          : RAPIER.ColliderDesc.cuboid(obstacle.halfLength, obstacle.halfWidth);
      this.#world.createCollider(
        desc
          .setTranslation(x, y)
          .setFriction(0)
          .setRestitution(0.4)
          .setCollisionGroups(groups(OBSTACLES, PLAYERS | BALL)),
        fixed,
      );
    }
  }

  #addPlayer(x: number, y: number): number {
    const body = this.#world.createRigidBody(
      RAPIER.RigidBodyDesc.dynamic().setTranslation(x, y).lockRotations().setCanSleep(false),
    );
    this.#world.createCollider(
      RAPIER.ColliderDesc.ball(PLAYER_RADIUS)
        .setMass(75)
        .setFriction(0)
        .setRestitution(0.1)
        .setCollisionGroups(groups(PLAYERS, PLAYERS | POSTS | BOARDS | OBSTACLES)),
      body,
    );
    return body.handle;
  }

  #addBall(x: number, y: number): number {
    const body = this.#world.createRigidBody(
      RAPIER.RigidBodyDesc.dynamic()
        .setTranslation(x, y)
        .lockRotations()
        .setCanSleep(false)
        .setCcdEnabled(true),
    );
    this.#world.createCollider(
      RAPIER.ColliderDesc.ball(BALL_RADIUS)
        .setMass(0.43)
        .setFriction(0.2)
        .setRestitution(0.6)
        .setCollisionGroups(BALL_LOW),
      body,
    );
    return body.handle;
  }

  /** One tick: velocities out of the match, one step of Rapier, positions and velocities back into it. */
  step(match: Match): void {
    const { players, ball } = match;
    for (let i = 0; i < players.length; i++) {
      const player = players[i]!;
      this.#setVelocity(this.#playerHandles[i]!, player.vx, player.vy);
    }
    this.#letBallPassOver(ball.z, match.pitch.goalHeight);
    this.#setVelocity(this.#ballHandle, ball.vx, ball.vy);
    this.#world.step();
    for (let i = 0; i < players.length; i++) this.#readBody(this.#playerHandles[i]!, players[i]!);
    this.#readBody(this.#ballHandle, ball);
  }

  /** A ball above the bar meets neither posts nor nets, and one above the obstacles none of them. */
  #letBallPassOver(z: number, bar: number): void {
    const overObstacles = this.#hasObstacles && z > OBSTACLE_HEIGHT;
    const wanted = z > bar ? BALL_OVER_THE_GOAL : overObstacles ? BALL_OVER_OBSTACLES : BALL_LOW;
    if (wanted === this.#ballGroups) return;
    this.#ballGroups = wanted;
    this.#world.getRigidBody(this.#ballHandle).collider(0).setCollisionGroups(wanted);
  }

  /** `bodies.raw` is not a documented interface: tests/physics holds it against the documented one. */
  #setVelocity(handle: number, x: number, y: number): void {
    this.#velocity.x = x;
    this.#velocity.y = y;
    this.#world.bodies.raw.rbSetLinvel(handle, this.#velocity, true);
  }

  #readBody(handle: number, into: { x: number; y: number; vx: number; vy: number }): void {
    const { raw } = this.#world.bodies;
    raw.rbTranslation(handle, this.#read);
    into.x = this.#read[0]!;
    into.y = this.#read[1]!;
    raw.rbLinvel(handle, this.#read);
    into.vx = this.#read[0]!;
    into.vy = this.#read[1]!;
  }

  /** Puts a body somewhere else at once. Returns what Rapier keeps of the numbers (they are single precision). */
  placePlayer(index: number, x: number, y: number): void {
    this.#world.bodies.raw.rbSetTranslation(this.#playerHandles[index]!, x, y, true);
  }

  placeBall(x: number, y: number): void {
    this.#world.bodies.raw.rbSetTranslation(this.#ballHandle, x, y, true);
  }

  snapshot(): Uint8Array {
    return this.#world.takeSnapshot();
  }

  /** Body handles stay valid across a restore; the collision groups come back with it. */
  restore(snapshot: Uint8Array): void {
    const world = deserialize(snapshot);
    this.#world.free();
    this.#world = world;
    this.#ballGroups = world.getRigidBody(this.#ballHandle).collider(0).collisionGroups();
  }

  free(): void {
    this.#world.free();
    this.#velocity.free();
  }
}

let serialization: RAPIER.SerializationPipeline | undefined;

/**
 * As `World.restoreSnapshot`, which leaves what it needed on the way to the garbage collector: a caller who restores
 * in a loop without returning to his event loop would see memory grow.
 */
function deserialize(snapshot: Uint8Array): RAPIER.World {
  serialization ??= new RAPIER.SerializationPipeline();
  const raw = serialization.raw.deserializeAll(snapshot)!;
  const world = RAPIER.World.fromRaw(raw);
  raw.free();
  return world;
}
