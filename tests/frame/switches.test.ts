import { describe, expect, test } from "vitest";
import {
  makePainter,
  POSES,
  type FrameOptions,
  type Lineup,
  type Scene,
  type SceneFigure,
} from "../../env/frame/index.ts";
import { changed } from "./pixels.ts";
import { crowd, elevens, moment } from "./scenes.ts";

function eachFigure(scene: Scene, change: (figure: SceneFigure) => Partial<SceneFigure>): Scene {
  return { ...scene, figures: scene.figures.map((figure) => Object.assign({}, figure, change(figure))) };
}

describe("a switch that is off", () => {
  const scene = moment({});
  const other = moment({ score: [7, 3], clockSeconds: 1, mode: "corner", restartTeam: 1 });
  const renumbered: Lineup = {
    ...elevens,
    players: elevens.players.map((player) => Object.assign({}, player, { number: 99 - player.number })),
  };
  const difference = (options: Partial<FrameOptions>, second: Scene, lineup = elevens): number =>
    changed(makePainter(elevens, options).paint(scene), makePainter(lineup, options).paint(second)).length;

  test.each([
    ["hud", other, elevens],
    ["facing", eachFigure(scene, (figure) => ({ facing: (figure.facing + 100) & 255 })), elevens],
    ["marks", eachFigure(scene, () => ({ controlled: false })), elevens],
    ["numbers", scene, renumbered],
  ] as const)("hides all that %s shows, and shows it when on", (name, second, lineup) => {
    expect(difference({ [name]: true }, second, lineup)).toBeGreaterThan(0);
    expect(difference({ [name]: false }, second, lineup)).toBe(0);
  });

  test("marks that are off do not change who stands in front either", () => {
    const scrum = crowd(0, 0);
    const free = eachFigure(scrum, () => ({ controlled: false }));
    const painter = makePainter(elevens, { marks: false });
    expect(changed(painter.paint(scrum), painter.paint(free))).toEqual([]);
  });

  test("the grid is off by default and only adds lines and names", () => {
    const plain = makePainter(elevens).paint(scene);
    const places = changed(plain, makePainter(elevens, { grid: true }).paint(scene));
    expect(places.length).toBeGreaterThan(1000);
    expect(places.length).toBeLessThan(6000);
  });

  test("poses are all different pictures, whatever is switched off", () => {
    const options = { hud: false, numbers: false, facing: false, marks: false };
    const painter = makePainter(elevens, options);
    const pictures = POSES.map((pose) => painter.paint(moment({ owner: -1 }, { pose })));
    for (const [i, a] of pictures.entries()) {
      for (const b of pictures.slice(i + 1)) expect(changed(a, b).length).toBeGreaterThan(30);
    }
  });
});
