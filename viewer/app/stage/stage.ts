/**
 * @file The match on PixiJS: sprites from pictures that are drawn once, which are only moved from frame to frame.
 * No filters, masks or redrawn graphics, so the WebGL and the canvas renderer show the same.
 */
import "pixi.js/unsafe-eval";
import { autoDetectRenderer, CanvasSource, Container, Sprite, Texture } from "pixi.js";
import type { Renderer } from "pixi.js";
import type { Lineup } from "../../../env/frame/index.ts";
import { aim, ballAt, glide, WHOLE } from "../../player/index.ts";
import type { Camera, CameraChoice, Moment, OffsideFlag, Sight, Timeline } from "../../player/index.ts";
import { makeGhosts, placeGhosts } from "./ghost.ts";
import type { Ghosts } from "./ghost.ts";
import { featureSprite, hasFeatures, paintFeatures } from "./feature.ts";
import { paintGround } from "./ground.ts";
import { makeMarks, placeMarks } from "./overlay.ts";
import type { Marks } from "./overlay.ts";
import {
  ball,
  card,
  diving,
  dot,
  glow,
  holding,
  NUMBER_FONT,
  ring,
  shadow,
  shirt,
  shoulders,
  sliding,
} from "./token.ts";
import type { Token } from "./token.ts";
import { makeView, turned } from "./view.ts";
import type { View } from "./view.ts";

/** A metre of height moves the ball so many metres up the picture, and its shadow stays: as in the agent's frame. */
const LIFT = 0.6;
const GROWTH_PER_CENTIMETRE = 0.0012;
const BALL_SIZE = 0.42;
const TRAIL = 16;
const TRAIL_SCENES = 7;
/** Light falls from the upper left. */
const SHADOW = { x: 0.16, y: 0.3 };

/**
 * Pixels of the pictures for each CSS pixel: enough for the close camera. A whole number, for Pixi sets a canvas
 * whose size it calculates with a fraction anew, and that empties it.
 */
function densityFor({ resolution, name }: Renderer): number {
  // The plain canvas is slow enough without it.
  return Math.min(4, Math.ceil(resolution * (name === "canvas" ? 1 : 1.4)));
}

/** So near to its owner the ball would cover his number: it is drawn beside it, in radii of the disc. */
const BALL_REACH = 1.12;
/** Centimetres; a higher ball is over him. */
const AT_FEET = 150;

/** Half the width of what a finger touches, in CSS pixels. */
const FINGER = 16;

/** One frame to draw. */
export interface Shot {
  moment: Moment | undefined;
  /** Where the ball's trail comes from. */
  timeline: Timeline | undefined;
  ticksPerScene: number;
  camera: CameraChoice;
  /** The player whom the camera follows instead of the ball. */
  followed: number | undefined;
  /** The line of Law 11 in centimetres along the pitch, and who was flagged. */
  offside: { line: number; flag: OffsideFlag | undefined } | undefined;
  /** What the agent acts on, when it is older than the moment. */
  sight: Sight | undefined;
  /** Real time: since the last frame, and a clock in milliseconds. */
  seconds: number;
  now: number;
  /** No trails, pulses and gliding, for those who want less motion. */
  calm: boolean;
}

export interface Spot {
  x: number;
  y: number;
  radius: number;
}

interface Figure {
  shadow: Sprite;
  glow: Sprite;
  ring: Sprite;
  limbs: Sprite;
  shirt: Sprite;
  card: Sprite;
  poses: Record<"upright" | "hold" | "slide" | "dive" | "down", Texture>;
}

export class Stage {
  readonly renderer: Renderer;
  readonly #root = new Container();
  readonly #textures: Texture[] = [];
  #lineup: Lineup | undefined;
  #view: View | undefined;
  /** The picture after the change of ends. */
  #turned: View | undefined;
  #features: Sprite | undefined;
  #half: 1 | 2 = 1;
  #marks: Marks | undefined;
  #ghosts: Ghosts | undefined;
  #figures: Figure[] = [];
  #trail: Sprite[] = [];
  #ball = new Sprite();
  #ballShadow = new Sprite();
  #camera: Camera = WHOLE;

  private constructor(renderer: Renderer) {
    this.renderer = renderer;
  }

  /** A stage in `host`, with WebGL where there is any unless the plain canvas is asked for. */
  static async make(host: HTMLElement, canvasOnly: boolean): Promise<Stage> {
    const renderer = await autoDetectRenderer({
      preference: canvasOnly ? ["canvas"] : ["webgl", "canvas"],
      width: 16,
      height: 16,
      resolution: Math.min(3, devicePixelRatio || 1),
      autoDensity: true,
      antialias: true,
      background: "#1d5a35",
    });
    await document.fonts.load(`600 20px "${NUMBER_FONT}"`, "0123456789");
    renderer.canvas.setAttribute("aria-hidden", "true");
    host.append(renderer.canvas);
    return new Stage(renderer);
  }

  /** Sets the size in CSS pixels and who plays; the pictures are drawn anew when either has changed. */
  arrange(lineup: Lineup, width: number, height: number): void {
    const view = this.#view;
    if (lineup === this.#lineup && view?.width === width && view.height === height) return;
    if (width < 2 || height < 2) return;
    if (lineup !== this.#lineup) this.#camera = WHOLE;
    this.#lineup = lineup;
    this.renderer.resize(width, height);
    this.#view = makeView(lineup.pitch, width, height, densityFor(this.renderer));
    this.#turned = turned(this.#view);
    this.#build(lineup, this.#view);
  }

  draw(shot: Shot): void {
    const { moment } = shot;
    const view = moment?.scene.half === 2 ? this.#turned : this.#view;
    if (view !== undefined && moment !== undefined && moment.scene.figures.length === this.#figures.length) {
      this.#aim(shot, moment, view);
      if (this.#features !== undefined) this.#features.rotation = view.turn < 0 ? Math.PI : 0;
      if (this.#marks !== undefined) placeMarks(this.#marks, moment, shot.offside, view);
      if (this.#ghosts !== undefined && this.#lineup !== undefined)
        placeGhosts(this.#ghosts, moment, shot.sight, this.#lineup, view);
      this.#placeFigures(shot, moment, view);
      this.#placeBall(moment, view);
      this.#placeTrail(shot, moment, view);
    }
    this.renderer.render({ container: this.#root });
  }

  /** Where a player is drawn, and how large, in CSS pixels; undefined while he is not. */
  spotOf(player: number): Spot | undefined {
    const shirt = this.#figures[player]?.shirt;
    if (shirt?.visible !== true || this.#view === undefined) return undefined;
    const { zoom } = this.#camera;
    const { x, y } = this.#root.position;
    return { x: x + shirt.x * zoom, y: y + shirt.y * zoom, radius: this.#view.figure * zoom };
  }

  /** The player who is drawn at a place, or near it: a finger is wide. */
  playerAt(x: number, y: number): number | undefined {
    let best: { player: number; distance: number } | undefined;
    this.#figures.forEach((_, player) => {
      const spot = this.spotOf(player);
      if (spot === undefined) return;
      const distance = Math.hypot(spot.x - x, spot.y - y);
      const reach = Math.max(FINGER, spot.radius * 1.5);
      if (distance <= reach && distance < (best?.distance ?? Infinity)) best = { player, distance };
    });
    return best?.player;
  }

  destroy(): void {
    this.#clear();
    this.renderer.destroy({ removeView: true, releaseGlobalResources: true });
  }

  #aim({ camera, followed, seconds, calm }: Shot, moment: Moment, view: View): void {
    const { width, height } = view;
    const x0 = moment.x[followed ?? -1];
    const middle = x0 === undefined ? moment.ball : { x: x0, y: moment.y[followed!]! };
    const place = { x: view.x(middle.x) / width, y: view.y(middle.y) / height };
    const target = aim(x0 === undefined ? camera : "close", this.#figures.length, place, view.sides);
    // A change of ends is a cut.
    const cut = this.#half !== moment.scene.half;
    this.#half = moment.scene.half;
    this.#camera = glide(this.#camera, target, seconds, calm || cut);
    const { zoom, x, y } = this.#camera;
    this.#root.scale.set(zoom);
    this.#root.position.set(width / 2 - x * width * zoom, height / 2 - y * height * zoom);
  }

  #placeFigures({ calm, now }: Shot, moment: Moment, view: View): void {
    const pulse = calm ? 1 : 1 + 0.045 * Math.sin(now / 240);
    this.#figures.forEach((figure, i) => {
      const { pose, controlled, booked, sentOff } = moment.scene.figures[i]!;
      figure.shadow.visible = figure.shirt.visible = figure.limbs.visible = !sentOff;
      const x = view.x(moment.x[i]!);
      const y = view.y(moment.y[i]!);
      figure.shadow.position.set(x + view.figure * SHADOW.x, y + view.figure * SHADOW.y);
      figure.shirt.position.set(x, y);
      figure.limbs.position.set(x, y);
      figure.limbs.rotation = moment.angle[i]! + (view.turn === 1 ? 0 : Math.PI);
      figure.limbs.texture = figure.poses[pose];
      const lying = pose === "slide" || pose === "dive" || pose === "down";
      figure.shirt.scale.set(lying ? 0.8 : 1);
      // Nobody hides the one who is played, nor the one who has the ball.
      figure.shirt.zIndex = controlled ? 2 : moment.scene.owner === i ? 1 : 0;
      figure.card.visible = booked && !sentOff;
      if (figure.card.visible) {
        figure.card.position.set(x, y);
        figure.card.zIndex = figure.shirt.zIndex + 0.5;
      }
      figure.ring.visible = controlled && !sentOff;
      if (controlled) {
        figure.ring.position.set(x, y);
        figure.ring.scale.set(pulse);
      }
      figure.glow.visible = moment.scene.owner === i;
      if (figure.glow.visible) figure.glow.position.set(x, y);
    });
  }

  #placeBall(moment: Moment, view: View): void {
    const { x, y, z } = moment.ball;
    const height = Math.max(0, z);
    const { dx, dy } = this.#besideOwner(moment, view);
    this.#ballShadow.position.set(view.x(x) + dx + 1 + height * view.scale * 0.12, view.y(y) + dy + 1.5);
    this.#ballShadow.alpha = Math.max(0.35, 1 - height / 1600);
    this.#ballShadow.scale.set(1 + Math.min(1, height / 1200));
    this.#ball.position.set(view.x(x) + dx, view.y(y) + dy - height * view.scale * LIFT);
    this.#ball.scale.set(Math.min(2, 1 + height * GROWTH_PER_CENTIMETRE));
  }

  /** How far the ball is moved away from its owner's number, in pixels. */
  #besideOwner({ scene, ball, x, y, angle }: Moment, view: View): { dx: number; dy: number } {
    const { owner } = scene;
    const reach = view.figure * BALL_REACH;
    if (owner < 0 || owner >= x.length || ball.z > AT_FEET) return { dx: 0, dy: 0 };
    const pixels = view.turn * view.scale;
    const away = { x: (ball.x - x[owner]!) * pixels, y: (ball.y - y[owner]!) * pixels };
    const distance = Math.hypot(away.x, away.y);
    if (distance >= reach) return { dx: 0, dy: 0 };
    // Right under him there is no direction but the one that he looks in.
    const share = Math.min(1, distance / (reach * 0.3));
    const towards = {
      x: (distance > 0 ? (away.x / distance) * share : 0) + Math.cos(angle[owner]!) * view.turn * (1 - share),
      y: (distance > 0 ? (away.y / distance) * share : 0) + Math.sin(angle[owner]!) * view.turn * (1 - share),
    };
    const length = Math.hypot(towards.x, towards.y) || 1;
    return { dx: (towards.x / length) * reach - away.x, dy: (towards.y / length) * reach - away.y };
  }

  #placeTrail({ timeline, ticksPerScene, calm }: Shot, moment: Moment, view: View): void {
    let previous = { x: moment.ball.x, y: moment.ball.y };
    this.#trail.forEach((sprite, i) => {
      const back = ((i + 1) / TRAIL) * TRAIL_SCENES * ticksPerScene;
      const at =
        calm || timeline === undefined ? undefined : ballAt(timeline, moment.tick - back, ticksPerScene);
      // Nothing is drawn over a cut, nor where the ball lay still.
      const step = at === undefined ? Infinity : Math.hypot(at.x - previous.x, at.y - previous.y);
      sprite.visible = at !== undefined && step > 4 && step < 400;
      if (at === undefined) return;
      previous = at;
      sprite.position.set(view.x(at.x), view.y(at.y) - at.z * view.scale * LIFT);
      sprite.alpha = 0.42 * (1 - i / TRAIL) * Math.min(1, step / 40);
      sprite.scale.set(1 - (0.6 * i) / TRAIL);
    });
  }

  #build(lineup: Lineup, view: View): void {
    this.#clear();
    const radius = view.figure;
    const ground = canvasOf(view.width, view.height, view.density);
    paintGround(ground.context, lineup.pitch, view);
    const layers = {
      ground: new Container(),
      marks: new Container(),
      ghosts: new Container(),
      trail: new Container(),
      shadows: new Container(),
      rings: new Container(),
      limbs: new Container(),
      shirts: new Container({ sortableChildren: true }),
      ball: new Container(),
    };
    this.#root.addChild(...Object.values(layers));
    layers.ground.addChild(new Sprite(this.#keep(textureOf(ground.canvas, view.density))));
    this.#features = hasFeatures(lineup) ? this.#addFeatures(layers.ground, lineup, view) : undefined;

    const soft = this.#texture(shadow(radius), view);
    const halo = this.#texture(glow(radius), view);
    const rings = ([0, 1] as const).map((team) => this.#texture(ring(team, radius), view));
    const booking = this.#texture(card(radius), view);
    this.#marks = makeMarks(layers.marks, lineup, view, add, (token) => this.#texture(token, view));
    this.#ghosts = makeGhosts(layers.ghosts, lineup, view, add, (token) => this.#texture(token, view));
    const kits = new Map<string, Figure["poses"]>();
    this.#figures = lineup.players.map((player) => {
      const kit = `${player.team} ${player.keeper}`;
      const poses = kits.get(kit) ?? this.#poses(player, radius, view);
      kits.set(kit, poses);
      return {
        shadow: add(layers.shadows, soft),
        glow: add(layers.rings, halo),
        ring: add(layers.rings, rings[player.team]!),
        limbs: add(layers.limbs, poses.upright),
        shirt: add(layers.shirts, this.#texture(shirt(player, radius), view)),
        card: add(layers.shirts, booking),
        poses,
      };
    });
    const size = Math.max(3, radius * BALL_SIZE);
    const trace = this.#texture(dot(size * 1.15), view);
    this.#trail = Array.from({ length: TRAIL }, () => add(layers.trail, trace));
    this.#ballShadow = add(layers.ball, this.#texture(shadow(size * 0.9), view));
    this.#ball = add(layers.ball, this.#texture(ball(size), view));
  }

  #addFeatures(layer: Container, lineup: Lineup, view: View): Sprite {
    const { canvas, context } = canvasOf(view.width, view.height, view.density);
    paintFeatures(context, lineup, view);
    return layer.addChild(featureSprite(this.#keep(textureOf(canvas, view.density)), view));
  }

  #poses(player: Lineup["players"][number], radius: number, view: View): Figure["poses"] {
    const slide = this.#texture(sliding(player, radius), view);
    return {
      upright: this.#texture(shoulders(player, radius), view),
      hold: this.#texture(holding(player, radius), view),
      slide,
      dive: this.#texture(diving(player, radius), view),
      down: slide,
    };
  }

  #texture(token: Token, view: View): Texture {
    const side = Math.ceil(token.radius * 2);
    const { canvas, context } = canvasOf(side, side, view.density);
    context.translate(side / 2, side / 2);
    token.draw(context);
    return this.#keep(textureOf(canvas, view.density));
  }

  #keep(texture: Texture): Texture {
    this.#textures.push(texture);
    return texture;
  }

  #clear(): void {
    for (const child of this.#root.removeChildren()) child.destroy({ children: true });
    for (const texture of this.#textures.splice(0)) texture.destroy(true);
    this.#figures = [];
    this.#trail = [];
  }
}

function add(layer: Container, texture: Texture): Sprite {
  const sprite = new Sprite({ texture, anchor: 0.5 });
  layer.addChild(sprite);
  return sprite;
}

function canvasOf(width: number, height: number, density: number) {
  const canvas = document.createElement("canvas");
  canvas.width = width * density;
  canvas.height = height * density;
  const context = canvas.getContext("2d")!;
  context.scale(density, density);
  return { canvas, context };
}

function textureOf(canvas: HTMLCanvasElement, density: number): Texture {
  return new Texture({ source: new CanvasSource({ resource: canvas, resolution: density }) });
}
