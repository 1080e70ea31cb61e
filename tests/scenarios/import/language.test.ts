/** @file Python's language: each expression with what CPython 3.11 prints for it. */
import { expect, test } from "vitest";
import { printed } from "./printed.ts";

test.each<[what: string, expressions: string, printed: string]>([
  [
    "whole and broken numbers",
    "7 // 2, -7 // 2, 7 // -2, -7 % 3, 7 % -3, 7.5 // 2, -7.5 % 2, 7.5 % -2, 1 / 3, 4 / 2",
    "[3, -4, -4, 2, -2, 3.0, 0.5, -0.5, 0.3333333333333333, 2.0]",
  ],
  [
    "powers",
    "2 ** 10, 2 ** -1, 2.0 ** 3, (-2) ** 3, -2 ** 2, 9 ** 0.5, 10 ** 20",
    "[1024, 0.5, 8.0, -8, -4, 3.0, 100000000000000000000]",
  ],
  [
    "rounding",
    "round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(0.125, 2), round(1.005, 2), round(5, 2), round(1e20)",
    "[2, 4, -2, 2.67, 0.12, 1.0, 5, 100000000000000000000]",
  ],
  [
    "floats as text",
    "1e16, 1e-5, 0.0001, 123456789.123, 1e15, -0.0, 1e300, 5e-324, 0.1 + 0.2",
    "[1e+16, 1e-05, 0.0001, 123456789.123, 1000000000000000.0, -0.0, 1e+300, 5e-324, 0.30000000000000004]",
  ],
  [
    "choices and truth",
    "'%s' if False else 'x', 1 if 0 else 2, not 1, not [], [] or 3, 0 and 1, None or 'a'",
    "['x', 2, False, True, 3, 0, 'a']",
  ],
  [
    "comparisons",
    "1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, True == 1, 'a' < 'b', [1, 2] < [1, 3], (1,) < (1, 2), 'a' in 'cat', 3 in [1, 2], 2 not in (1, 2), None is None, 1 is not None",
    "[True, False, True, True, True, True, True, True, False, False, True, True]",
  ],
  [
    "comprehensions",
    "[x * 2 for x in range(5) if x % 2], {x: x * x for x in range(3)}, {1, 2, 2}, [(i, j) for i in range(2) for j in range(i)], sum(x for x in [1, 2.5])",
    "[[2, 6], {0: 0, 1: 1, 2: 4}, {1, 2}, [(1, 0)], 3.5]",
  ],
  [
    "slices",
    "list(range(10))[2:8:3], list(range(10))[::-1], list(range(10))[-3:], 'hello'[1:-1], 'hello'[::-2], (1, 2, 3)[:-1], [1, 2, 3][5:], [1,2,3][-10:2], list(range(6))[4:1:-1]",
    "[[2, 5], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [7, 8, 9], 'ell', 'olh', (1, 2), [], [1, 2], [4, 3, 2]]",
  ],
  [
    "methods of strings with all their arguments",
    "'a_b_c'.split('_', 1), 'a_b'.split('_', 5), 'a_b_c'.split(sep='_', maxsplit=0), '__ab__'.strip('_'), '__ab__'.lstrip('_'), 'xyab'.rstrip('ab'), '0.111'.replace('1', '2', 1), 'aaa'.replace('a', 'b', 0), 'abcabc'.find('b', 2), 'abc'.find('c', 0, 2), 'abc'.find('a', -2), 'a\\nb\\n'.splitlines(), ''.splitlines(), '-5'.zfill(4), '7'.zfill(3), ' a '.strip(), 'a  b'.split()",
    "[['a', 'b_c'], ['a', 'b'], ['a_b_c'], 'ab', 'ab__', 'xy', '0.211', 'aaa', 4, -1, -1, ['a', 'b'], [], '-005', '007', 'a', ['a', 'b']]",
  ],
  [
    "methods of lists, dicts and sets with all their arguments",
    "[1, 2, 1].index(1, 1), [1, 2, 1].index(1, -1), (1, 2).index(2, 0, 2), {'a': None}.get('a', 5), {}.get('a', 5), dict(x=-0.5, y=0.1), dict({'a': 1}, b=2), dict([('a', 1)]), dict(), [3, 4].pop(0)",
    "[2, 2, 1, None, 5, {'x': -0.5, 'y': 0.1}, {'a': 1, 'b': 2}, {'a': 1}, {}, 3]",
  ],
  [
    "formatted strings",
    "f\"{3.14159:.2f} {42:05d} {'a':>4} {'b':<3}| {1234567:,} {0.5:%} {7!r} {'q'!r} {{}} {1+1}\", f'{2.5:.0f} {3.5:.0f} {-1.5:+.1f} {1e-7:.3e} {255:x} {255:b} {3:^5}|'",
    "[\"3.14 00042    a b  | 1,234,567 50.000000% 7 'q' {} 2\", '2 4 -1.5 1.000e-07 ff 11111111   3  |']",
  ],
  [
    "strings",
    "'{} {1}'.replace('{1}', 'x'), '{} {}'.format(1, 'b'), '{0:.3f} {a}'.format(2, a=3), 'a,b'.split(','), ' a b '.split(), '-'.join(['a', 'b']), 'Abc'.upper(), ' x '.strip(), '7'.zfill(3)",
    "['{} x', '1 b', '2.000 3', ['a', 'b'], ['a', 'b'], 'a-b', 'ABC', 'x', '007']",
  ],
  [
    "extremes and sorting",
    "max(1, 2.5), min([3, 1, 2]), max([(1, 'a'), (1, 'b')]), min('b', 'a'), max([1, -5, 3], key=abs), max([], default=9), sorted([3, 1, 2], reverse=True), sorted(['bb', 'a'], key=len), sorted([(1, 'b'), (1, 'a'), (0, 'z')], key=lambda p: p[0])",
    "[2.5, 1, (1, 'b'), 'a', -5, 9, [3, 2, 1], ['a', 'bb'], [(0, 'z'), (1, 'b'), (1, 'a')]]",
  ],
  [
    "conversions",
    "int(3.9), int(-3.9), int('12'), float('1.5'), float(3), bool([]), str(1.0), str([1, 'a', None, (1,)]), list('ab'), tuple([1]), dict([(1, 2)]), abs(-3), abs(-2.5), divmod(-7, 2), pow(2, 3), len({1: 2}), any([0, 1]), all([])",
    "[3, -3, 12, 1.5, 3.0, False, '1.0', \"[1, 'a', None, (1,)]\", ['a', 'b'], (1,), {1: 2}, 3, 2.5, (-4, 1), 8, 1, True, True]",
  ],
  [
    "going over several",
    "list(zip([1, 2, 3], 'ab')), list(enumerate('ab', 1)), list(map(lambda x: x + 1, [1, 2])), list(filter(None, [0, 1, 2])), list(reversed([1, 2])), list(map(lambda a, b: a * b, [1, 2], [3, 4]))",
    "[[(1, 'a'), (2, 'b')], [(1, 'a'), (2, 'b')], [2, 3], [1, 2], [2, 1], [3, 8]]",
  ],
  [
    "repetition and joining",
    "[1] * 3, (0,) * 2, 'ab' * 2, [1] + [2], (1,) + (2,), 3 * [0], 'a' 'b' \"c\", -3 * 'x'",
    "[[1, 1, 1], (0, 0), 'abab', [1, 2], (1, 2), [0, 0, 0], 'abc', '']",
  ],
  [
    "literals and bits",
    "1_000, 0x1F, 0b101, 0o17, 1., .5, 1e3, 1E-2, 00, 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, -16 >> 2, True + True, True & False",
    "[1000, 31, 5, 15, 1.0, 0.5, 1000.0, 0.01, 0, 1, 7, 6, -6, 16, -4, 2, False]",
  ],
  [
    "arguments",
    "(lambda x, *a, k=2, **kw: (x, a, k, kw))(1, 2, 3, k=4, z=5), (lambda a, b=3: a - b)(b=1, a=5), [*[1, 2], 3, *(4,)], {**{'a': 1}, 'b': 2}, (lambda *a: a)(*[1], *(2, 3))",
    "[(1, (2, 3), 4, {'z': 5}), 4, [1, 2, 3, 4], {'a': 1, 'b': 2}, (1, 2, 3)]",
  ],
  [
    "dicts and places",
    "{'x': 1}.get('x'), {'a': 1}.get('b', 3), {'a': None}.get('a', 3), list({'a': 1, 'b': 2}.items()), list({'a': 1}.keys()), [1, 2, 1].count(1), [5, 6].index(6), {1: 'x'}[True], {'a': 1} == {'a': 1.0}, (1, 'a')[-1]",
    "[1, 3, None, [('a', 1), ('b', 2)], ['a'], 2, 1, 'x', True, 'a']",
  ],
  [
    "math",
    "math.floor(-1.5), math.ceil(1.2), math.sqrt(2), math.pi, math.radians(90), math.degrees(math.pi), math.hypot(3, 4), math.copysign(1, -2), math.fabs(-1), math.trunc(-1.5)",
    "[-2, 2, 1.4142135623730951, 3.141592653589793, 1.5707963267948966, 180.0, 5.0, -1.0, 1.0, -1]",
  ],
  [
    "types",
    "isinstance(1, int), isinstance(True, int), isinstance(1.0, (int, str)), isinstance('a', str), isinstance([], list)",
    "[True, True, False, True, True]",
  ],
  [
    "precedence",
    "[y := 3, y + 1], [i for i in range(3) if (j := i) > 0], (1, 2) == (1, 2.0), [1, [2, (3,)]], 1 if [] else 2 if 0 else 3, not 1 == 2, -1 ** 2, 2 ** 3 ** 2, 1 - 1 - 1, 8 / 4 / 2, 1 + 2 * 3 - 4 // 3",
    "[[3, 4], [1, 2], True, [1, [2, (3,)]], 3, True, -1, 512, -1, 1.0, 6]",
  ],
  [
    "nested comprehensions",
    "[[0] * 3 for _ in range(2)], [c for r in [[1, 2], [3]] for c in r], {k: v for k, v in zip('ab', [1, 2])}, [a + b for a, b in [(1, 2), (3, 4)]], [x for x in range(20) if x % 2 == 0 if x % 3 == 0], [*range(3)]",
    "[[[0, 0, 0], [0, 0, 0]], [1, 2, 3], {'a': 1, 'b': 2}, [3, 7], [0, 6, 12, 18], [0, 1, 2]]",
  ],
  [
    "floats to the last digit",
    "0.1 * 3, 1.1 + 2.2, 0.7 - 0.28, 1 / 12 * 5, 0.85 / 10 * (10 - 2), 2.0 * (97 / 100.0) - 1.0, 1 - 3 * 0.1, 1e308 * 10, 5 % 0.3, 1.0 // 0.1, -1.0 // 0.1, 0.5 ** 2",
    "[0.30000000000000004, 3.3000000000000003, 0.41999999999999993, 0.41666666666666663, 0.6799999999999999, 0.94, 0.7, inf, 0.20000000000000018, 9.0, -10.0, 0.25]",
  ],
  [
    "texts to numbers",
    "float('-3e2'), int(' 4 '), int(True), 3 .__class__ if 0 else 1, 1.5.__class__ if 0 else 2",
    "[-300.0, 4, 1, 1, 2]",
  ],
  [
    "percent formats",
    "'%s-%d|%5.2f|%-4s|%04d|%r|%%|%+.1f' % ('a', 3.9, 2.5, 'b', 7, 'q', 0.25), '%s' % 1.0, '%d' % 5, 'e_%s' % 'GK', '%x' % 255, '%5d|%-5d|' % (3, 4), '%e' % 12.5, '% d' % 4",
    "[\"a-3| 2.50|b   |0007|'q'|%|+0.2\", '1.0', '5', 'e_GK', 'ff', '    3|4    |', '1.250000e+01', ' 4']",
  ],
  [
    "zeros of either sign",
    "abs(-0.0), -0.0 % 3, 0.0 // -5, -0.0 // 5, 4 % -2.0, -4.0 // 8, 0 * -1.0, round(-0.4, 0), 1e16 // 1.5",
    "[0.0, 0.0, -0.0, -0.0, -0.0, -1.0, -0.0, -0.0, 6666666666666667.0]",
  ],
  [
    "formats of floats",
    "f'{1e3:.3g} {12345:.3g} {0.00001234:g} {1e22:.1f} {12345.0:.3e} {True:5} {True} {-1.5:-6.1f} {9.995:.2f} {100000.0:g} {1234567.0:g} {0.5:.0e} {1e-5:.2f}'",
    "['1e+03 1.23e+04 1.234e-05 10000000000000000000000.0 1.234e+04     1 True   -1.5 9.99 100000 1.23457e+06 5e-01 0.00']",
  ],
])("expressions: %s", (_, expressions, expected) => {
  expect(printed(`[${expressions}]`)).toBe(expected);
});

test.each<[what: string, file: string, expression: string, printed: string]>([
  ["if, elif and else", "x = 3\nif x < 2:\n  y = 'a'\nelif x < 4: y = 'b'\nelse:\n  y = 'c'", "y", "'b'"],
  [
    "for with else, break and continue",
    "y = []\nfor i in range(9):\n  if i % 2: continue\n  if i > 5: break\n  y.append(i)\nelse:\n  y.append('never')\nfor _ in (): pass\nelse: y.append('end')",
    "y",
    "[0, 2, 4, 'end']",
  ],
  ["while with else", "n, y = 10, 0\nwhile n > 0:\n  n -= 3; y += n\nelse:\n  y *= 2", "(n, y)", "(-2, 20)"],
  [
    "unpacking",
    "(a, [b, *c]), d = (1, [2, 3, 4]), 5\n*e, f = 'xyz'\ng = h = [0]\nh += [1]",
    "(a, b, c, d, e, f, g)",
    "(1, 2, [3, 4], 5, ['x', 'y'], 'z', [0, 1])",
  ],
  [
    "functions with defaults, stars and recursion",
    "def f(x, y=2, *rest, z=3, **more):\n  'doc'\n  return (x, y, rest, z, more)\ndef g(n):\n  return 1 if n < 2 else n * g(n - 1)\nr = (f(1), f(1, 5, 6, 7, z=8, k=9), f(y=1, x=0), g(20))",
    "r",
    "((1, 2, (), 3, {}), (1, 5, (6, 7), 8, {'k': 9}), (0, 1, (), 3, {}), 2432902008176640000)",
  ],
  [
    "closures and names of outside",
    "n = 0\ndef up():\n  global n\n  n += 1\n  return n\ndef make():\n  k = 10\n  def add(d=1):\n    nonlocal k\n    k += d\n    return k\n  return add\na = make()\nr = [up(), up(), a(), a(5), n]",
    "r",
    "[1, 2, 11, 16, 2]",
  ],
  [
    "global and nonlocal where several have the name",
    "x = 1\ny = []\ndef f():\n  x = 2\n  def g():\n    global x\n    y.append(x)\n    x = 3\n    return [x for _ in 'a']\n  def h():\n    nonlocal x\n    x += 10\n    def k():\n      nonlocal x\n      x += 100\n    k()\n  y.append(g())\n  h()\n  return x\ny.append(f())\nz = 0\nw = [z := i for i in range(4)]\ndef m():\n  global q\n  q = 5\nm()",
    "(x, y, z, q)",
    "(3, [1, [3], 112], 3, 5)",
  ],
  ["a default that is taken once", "def f(x, l=[]):\n  l.append(x)\n  return l\nf(1)", "f(2)", "[1, 2]"],
  [
    "augmented assignment of items and nested items",
    "d = {'a': [1, 2]}\nd['a'][0] += 5\nd['b'] = d.get('b', 0) + 1\nd['a'][-1] **= 3\ndel d['b']\nx = 7\nx //= 2; x <<= 2; x |= 1",
    "(d, x)",
    "({'a': [6, 8]}, 13)",
  ],
  [
    "lines that go on",
    "x = (1 +\n  2\n     + 3)\ny = 1 + \\\n  2\nz = [\n  1,  # one\n\n  2,\n]\n",
    "(x, y, z)",
    "(6, 3, [1, 2])",
  ],
  [
    "methods of lists and dicts",
    "l = [3, 1, 2]\nl.sort(); l.insert(1, 9); l.extend((7, 8)); l.remove(9); p = l.pop(); q = l.pop(0); l.reverse()\nd = {'a': 1}\nd.update({'b': 2}, c=3)\nd.setdefault('a', 5); d.setdefault('z', 6)\ne = d.pop('b')",
    "(l, p, q, d, e)",
    "([7, 3, 2], 8, 1, {'a': 1, 'c': 3, 'z': 6}, 2)",
  ],
  [
    "annotations, assertions, try and pass",
    "x: int = 3\ny: 'later'\nassert x == 3, 'no'\ntry:\n  import foo\n  z = 1\nexcept ImportError as e:\n  z = 2\nelse:\n  z += 10\nfinally:\n  z += 100\npass",
    "(x, z)",
    "(3, 111)",
  ],
  [
    "finally after a return, a break and a continue, and with a return of its own",
    "y = []\ndef f():\n  try:\n    return 1\n  finally:\n    y.append(2)\ndef g():\n  try:\n    return 3\n  finally:\n    return 4\nfor i in range(3):\n  try:\n    if i == 0: continue\n    break\n  finally:\n    y.append(i)\n",
    "(f(), g(), y)",
    "(1, 4, [0, 1, 2])",
  ],
  [
    "a list that grows and shrinks on the way",
    "l = [1, 2, 3]\ny = []\nfor x in l:\n  if x == 1: l.append(4)\n  y.append(x)\nm = [1, 2, 3, 4]\nfor x in m: m.remove(x)\nn = [0, 1, 2, 3]\nfor i, x in enumerate(n):\n  if x == 1: del n[0]\n  y.append((i, x))\nfor x in reversed(l):\n  y.append(x)\n  if len(l) > 2: l.pop(0)",
    "(l, m, n, y)",
    "([3, 4], [2, 4], [1, 2, 3], [1, 2, 3, 4, (0, 0), (1, 1), (2, 3), 4, 4, 4, 3])",
  ],
  [
    "iterators give each item once",
    "z = zip([1, 2], 'ab')\na = [list(z), list(z)]\nm = map(abs, [-1, -2, -3])\nb = [next(m), list(m), next(m, 'end')]\nf = filter(None, [0, 1, 2, 3])\nfor x in f: break\nc = list(f)\ng = (x * x for x in range(5))\nd = [3 in g, 4 in g, list(g)]\nh = iter([1, 2, 3, 4])\ne = list(zip(h, h))\nk = iter('abc')\nj = [any(x == 'b' for x in k), list(k), iter(k) is k]",
    "(a, b, c, d, e, j)",
    "([[(1, 'a'), (2, 'b')], []], [1, [2, 3], 'end'], [2, 3], [False, False, []], [(1, 2), (3, 4)], [True, ['c'], True])",
  ],
  [
    "a generator takes its items as late as it can",
    "y = []\ndef f(x):\n  y.append(x)\n  return x\ng = (f(x) for x in [1, 2, 3])\nm = map(f, [4, 5])\ny.append(0)\na = [next(m), next(g), next(m)]",
    "(a, y, any(f(x) == 3 for x in [2, 3, 9]), y)",
    "([4, 1, 5], [0, 4, 1, 5, 2, 3], True, [0, 4, 1, 5, 2, 3])",
  ],
  [
    "views of a dict see it change",
    "d = {'a': 1}\nk, v, i = d.keys(), d.values(), d.items()\nd['b'] = 2",
    "[list(k), list(v), list(i), len(k), 'b' in k, 2 in v, ('a', 1) in i, sorted(k), max(v), bool(k)]",
    "[['a', 'b'], [1, 2], [('a', 1), ('b', 2)], 2, True, True, True, ['a', 'b'], 2, True]",
  ],
  [
    "sets of small numbers, and sets in an order of one's own",
    "a = [x for x in {3, 1, 2}]\nb = list({7, True, 0})\nc = sorted({'b', 'a', 'c'})\nd = [len({'x', 'y'}), max({10, 30, 20}), sum({100, 200, 300}), any({'', 'q'}), set('ab') == set('ba'), len(set({'u', 'v'}))]",
    "(a, b, c, d)",
    "([1, 2, 3], [0, True, 7], ['a', 'b', 'c'], [2, 30, 600, True, True, 2])",
  ],
  [
    "formatted strings that show their own text",
    'x = 1.5\nd = {"a": "b"}',
    '[f"{x=}", f"{x = :.2f} {d[\'a\']=!s} {d[\'a\']=}", f"{x==1.5} {x!=2} {x<=1}", f"{x:=+6.1f}"]',
    "['x=1.5', \"x = 1.50 d['a']=b d['a']='b'\", 'True True False', '+  1.5']",
  ],
  [
    "match and case as names",
    "match = [1]\ncase = 2\nmatch[0] = case\nmatch.append(3)",
    "match + [case]",
    "[2, 3, 2]",
  ],
  [
    "lambdas that see their loop",
    "fs = [lambda a, i=i: a * i for i in range(3)]",
    "[f(10) for f in fs]",
    "[0, 10, 20]",
  ],
  [
    "eval in a function, where a name of its own hides that of the file",
    "x = 1\ndef f(x):\n  return eval('x')",
    "[f(2), eval('x')]",
    "[2, 1]",
  ],
  [
    "names looked up by text",
    "roles = ['GK', 'CF']\nimport gfootball_engine as libgame\nr = [globals()['roles'], getattr(libgame.e_PlayerRole, 'e_PlayerRole_' + roles[1]), eval('e_PlayerRole_GK')]",
    "r",
    "[['GK', 'CF'], e_PlayerRole_CF, e_PlayerRole_GK]",
  ],
])("statements: %s", (_, file, expression, expected) => {
  expect(printed(expression, file)).toBe(expected);
});

test("a seed draws what Python and numpy draw from it", () => {
  const file =
    "import random\nimport numpy as np\nrandom.seed(12345678901234567890)\nnp.random.seed(42)\nl = [1, 2, 3, 4, 5, 6]\nm = [1, 2, 3, 4, 5, 6]";
  const python =
    "[random.random(), random.uniform(-1, 1), random.randint(1, 6), random.randrange(0, 100, 7), random.choice([1, 2, 3, 4, 5]), " +
    "random.gauss(0, 1), random.gauss(1, 2), random.sample([1, 2, 3, 4, 5], 3), random.choices([1, 2, 3], k=2), random.shuffle(l), l]";
  expect(printed(python, file)).toBe(
    "[0.5120180983871961, 0.8637611053406717, 6, 49, 3, -0.43909004723639117, 2.1465091250142225, [4, 3, 1], [1, 2], None, [3, 2, 1, 5, 4, 6]]",
  );
  const numpy =
    "[np.random.random(), np.random.uniform(-1, 1, 3), np.random.randint(10), np.random.randint(2, 9, 4), np.random.choice([3, 1, 4]), " +
    "np.random.rand(2, 2), np.random.normal(0, 0.1, 3), np.random.uniform([0, 1], [1, 5]), np.random.shuffle(m), m, np.random.RandomState(9).uniform(2, 3)]";
  expect(printed(numpy, file)).toBe(
    "[0.3745401188473625, [0.9014286128198323, 0.4639878836228102, 0.1973169683940732], 6, [3, 4, 8, 4], 4, [[0.8661761457749352, 0.6011150117432088], [0.7080725777960455, 0.020584494295802447]], [-0.0580878134023515, -0.05251698071781478, -0.057138016575414154], [0.5247564316322378, 2.727780074568463], None, [6, 2, 4, 5, 3, 1], 2.0103741538857]",
  );
});

test.each([
  ["math.sin(1.3)", "0.963558185417193"],
  ["math.cos(2 * math.pi / 5)", "0.30901699437494745"],
  ["math.tan(-0.7)", "-0.8422883804630794"],
  ["math.atan2(0.3, -0.8)", "2.782821983319221"],
  ["math.exp(-1.7)", "0.18268352405273466"],
  ["math.log(0.37)", "-0.9942522733438669"],
  ["0.37 ** 1.5", "0.22506221362103412"],
  ["math.hypot(0.6, 0.7)", "0.9219544457292886"],
])("%s to the last digit", (expression, expected) => {
  expect(printed(expression)).toBe(expected);
});
