/** @file numpy: each expression with the numbers that numpy 2.4 gives for it. */
import { expect, test } from "vitest";
import { printed } from "./printed.ts";

test.each([
  ["np.array([[1, 2], [3, 4]])[:, 0] * 2 + np.array([0.5, 1])", "[2.5, 7.0]"],
  ["np.linspace(-0.3, 0.3, 7)", "[-0.3, -0.2, -0.1, 0.0, 0.09999999999999998, 0.19999999999999996, 0.3]"],
  [
    "np.arange(-0.3, 0.3, 0.1)",
    "[-0.3, -0.19999999999999998, -0.09999999999999998, 5.551115123125783e-17, 0.10000000000000003, 0.2]",
  ],
  [
    "np.clip(np.array([-1.0, 0.2]), -0.3, 0.3).tolist() + [np.zeros(2).shape, np.deg2rad(180.0)]",
    "[-0.3, 0.2, (2,), 3.141592653589793]",
  ],
])("numpy: %s", (expression, expected) => {
  expect(printed(expression, "import numpy as np\n")).toBe(expected);
});

test.each<[what: string, file: string, expression: string, printed: string]>([
  [
    "types, and writes that a type cuts",
    "a = np.array([0, 1, 2])\na[0] = -0.5\na[1:] = 7.9\nb = np.zeros(2, dtype=int)\nb[0] = 1.9",
    "[np.array([0.6, 1.7, -2.2]).astype(int), np.array([0.6, 1.7], dtype=int), np.array([1, 2.5]), np.ones(2, bool), a, b]",
    "[[0, 1, -2], [0, 1], [1.0, 2.5], [True, True], [0, 7, 7], [1, 0]]",
  ],
  [
    "arrays changed in place, under each of their names",
    "a = np.array([-0.5, 0.1])\nb = a\nb += 0.05\nc = np.array([[-0.5, 0.1], [-0.4, 0.2]])\nfor row in c: row += 0.05\nc[:, 0] *= 0.5\nd = np.array([5, 7])\nd //= 2\nd[1:] += d[:-1]\ne = [1]\ne += np.array([1])",
    "[a, b, c, d, e]",
    "[[-0.45, 0.15000000000000002], [-0.45, 0.15000000000000002], [[-0.225, 0.15000000000000002], [-0.17500000000000002, 0.25]], [2, 5], [2]]",
  ],
  [
    "windows: slices, rows and columns see what is written",
    "a = np.array([-0.5, -0.4, -0.3])\nq = a[1:]\nq[0] = -0.9\nm = np.zeros((3, 2))\nfor i in range(3):\n  m[i, 0] = i\n  m[i][1] = -i\nm[::-1][0] = 9\nb = []\nc = np.array([1, 2, 3])\nfor x in c:\n  c[2] = 9\n  b.append(x)\nd = np.asarray(a)\nd[2] = 0\ne = np.array(a)\ne[0] = 0\nf = np.array([[1, 2], [3, 4]])\nf[0], f[1] = f[1], f[0]",
    "[a, q, m, m[:, 1], m[1, ::-1], b, d, e, f]",
    "[[-0.5, -0.9, 0.0], [-0.9, 0.0], [[0.0, 0.0], [1.0, -1.0], [9.0, 9.0]], [0.0, -1.0, 9.0], [-1.0, 1.0], [1, 2, 9], [-0.5, -0.9, 0.0], [0.0, -0.9, 0.0], [[3, 4], [3, 4]]]",
  ],
  [
    "sums in the order of numpy, along an axis and not",
    "m = np.array([[0.1, 0.2], [0.3, 0.1]])",
    "[m.sum(), m.sum(0), m.sum(1), m.mean(axis=1), np.sum(m), np.max(m), m.min(0), np.mean([1, 2, 4]), np.sum([0.1] * 10), np.array([0.1] * 10).sum(), sum(np.array([0.1] * 10)), np.array([0.1] * 100).sum(), np.array([0.1] * 300).sum(), np.array([[1, 2], [3, 4], [5, 6]]).sum(0)]",
    "[0.7000000000000001, [0.4, 0.30000000000000004], [0.30000000000000004, 0.4], [0.15000000000000002, 0.2], 0.7000000000000001, 0.3, [0.1, 0.1], 2.3333333333333335, 1.0, 1.0, 0.9999999999999999, 9.999999999999998, 29.999999999999996, [9, 12]]",
  ],
  [
    "arange keeps the distance of its first two",
    "",
    "[np.arange(-0.5, 0, 0.1), np.arange(-0.9, -0.3, 0.1), np.arange(4), np.arange(5, 0, -2)]",
    "[[-0.5, -0.4, -0.30000000000000004, -0.20000000000000007, -0.10000000000000009], [-0.9, -0.8, -0.7000000000000001, -0.6000000000000001, -0.5000000000000001, -0.40000000000000013, -0.30000000000000016], [0, 1, 2, 3], [5, 3, 1]]",
  ],
  [
    "rounding, bounds and sizes",
    "",
    "[np.round(0.015, 2), np.round(0.0005, 3), np.round(2.5), np.round([-0.3, 1.25], 1), np.round(7, 1), np.clip(5, 0, 3), np.clip([1, 5], 0, 2.5), np.abs([-1, 2])]",
    "[0.02, 0.0, 2.0, [-0.3, 1.2], 7, 3, [1.0, 2.5], [1, 2]]",
  ],
  [
    "rows, columns and numbers go with each other",
    "",
    "[np.array([[1], [2]]) + np.array([10, 20]), np.array([[1, 2], [3, 4]]) * [1, 0], np.array([1, 5]) < 3, ~np.array([True]), np.array([1, 2]) / 10, [1, 2] + np.array([1, 2])]",
    "[[[11, 21], [12, 22]], [[1, 0], [3, 0]], [True, False], [False], [0.1, 0.2], [2, 4]]",
  ],
  [
    "what is drawn into arrays",
    "np.random.seed(3)\nz = np.random.uniform(-0.1, 0.1, (3, 2))\nnp.random.shuffle(z)",
    "[z, np.random.uniform([[0], [1]], [2, 3]), np.random.randint(0, 3, size=3), np.random.choice([1, 2, 3], 2)]",
    "[[[0.010159580514915098, 0.04162956452362096], [0.07858939086953096, 0.07925861778668761], [-0.04181905221741114, 0.002165521039532603]], [[0.4144857562763735, 0.15440160990248963], [1.4408098436506365, 1.059752421757134]], [2, 0, 2], [2, 3]]",
  ],
  [
    "other values changed in place, and places worked out once",
    "l = [1]\nk = l\nl *= 2\ns = {1}\nt = s\ns |= {2}\nd = {1: 2}\ne = d\nd |= {3: 4}\ng = frozenset([1])\nh = g\ng |= {2}\ny = []\ndef f(x):\n  y.append(x)\n  return x\nz = [0, 0]\nz[f(1)] += f(5)",
    "[l, k, t, e, y, z, len(h)]",
    "[[1, 1], [1, 1], {1, 2}, {1: 2, 3: 4}, [1, 5], [0, 5], 1]",
  ],
])("numpy: %s", (_, file, expression, expected) => {
  expect(printed(expression, `import numpy as np\n${file}`)).toBe(expected);
});
