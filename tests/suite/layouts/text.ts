/** @file Layouts of the made-up questions of suites in words alone. */

import { writeCsv, writeJsonl, writeParquet } from "../files.ts";
import { into, type Layouts, parquet } from "./layout.ts";

const MATH = [
  {
    problem: "What is $\\frac{1}{4}+\\frac14$?",
    solution: "It is $\\boxed{\\frac{1}{2}}$.",
    answer: "\\frac{1}{2}",
    subject: "Algebra",
    level: 1,
    unique_id: "test/algebra/1.json",
  },
  {
    problem: "Find $x$ if\n$2x = 6$.",
    solution: "So $x = \\boxed{3}$.",
    answer: "3",
    subject: "Prealgebra",
    level: 2,
    unique_id: "test/prealgebra/2.json",
  },
];
const MATH_TYPES = {
  problem: "string",
  solution: "string",
  answer: "string",
  subject: "string",
  level: "int64",
  unique_id: "string",
} as const;

const GSM = [
  {
    question: "Ann has 9 apples and eats 2. Then she buys 11. How many has she?",
    answer: "She has 9-2=<<9-2=7>>7.\n7+11=<<7+11=18>>18\n#### 18",
  },
  {
    question: "A car costs $1,000 and a bike $234. How much are both?",
    answer: "1000+234=<<1000+234=1234>>1234\n#### 1,234",
  },
];

const AIME = [
  {
    id: 60,
    problem: "Find the remainder.",
    solution: "It is \\boxed{073}.",
    answer: "073",
    url: "https://example.org/1",
    year: "2024",
  },
  {
    id: 61,
    problem: "Find the sum.",
    solution: "It is $\\boxed{204}$.",
    answer: "204",
    url: "https://example.org/2",
    year: "2024",
  },
];

const GPQA = [
  [
    "recA",
    "Which particle is lightest?",
    "electron",
    "proton",
    "neutron",
    "muon",
    "Physics",
    "Particle physics",
  ],
  [
    "recB",
    'A reaction, "R",\ngives which product?',
    "benzene\n",
    "toluene",
    "phenol",
    "aniline",
    "Chemistry",
    "Organic Chemistry",
  ],
].map(([id, question, right, one, two, three, domain, subdomain]) => ({
  "Pre-Revision Question": question,
  Question: question,
  "Correct Answer": right,
  "Incorrect Answer 1": one,
  "Incorrect Answer 2": two,
  "Incorrect Answer 3": three,
  Explanation: "Because.",
  Subdomain: subdomain,
  "High-level domain": domain,
  "Record ID": id,
}));

export const TEXT: Readonly<Record<string, Layouts>> = {
  math500: {
    jsonl: (folder) => writeJsonl(into(folder, "test.jsonl"), MATH),
    parquet: parquet("test-00000-of-00001.parquet", MATH, MATH_TYPES),
  },
  gsm8k: {
    parquet: (folder) => {
      const types = { question: "string", answer: "string" } as const;
      writeParquet(
        into(folder, "main", "train-00000-of-00001.parquet"),
        [{ question: "no", answer: "#### 1" }],
        types,
      );
      writeParquet(into(folder, "main", "test-00000-of-00001.parquet"), GSM, types);
      writeParquet(into(folder, "socratic", "test-00000-of-00001.parquet"), GSM, types);
      return folder;
    },
    jsonl: (folder) => writeJsonl(into(folder, "test.jsonl"), GSM),
  },
  aime: {
    parquet: parquet("train.parquet", AIME, {
      id: "int64",
      problem: "string",
      solution: "string",
      answer: "string",
      url: "string",
      year: "string",
    }),
    "Maxwell-Jia's": (folder) =>
      writeJsonl(
        into(folder, "aime.jsonl"),
        AIME.map(({ id, problem, solution, answer }) => ({
          ID: id,
          Problem: problem,
          Solution: solution,
          Answer: Number(answer),
        })),
      ),
  },
  "gpqa-diamond": {
    csv: (folder) => writeCsv(into(folder, "gpqa_diamond.csv"), GPQA),
    folder: (folder) => {
      writeCsv(into(folder, "gpqa_diamond.csv"), GPQA);
      writeCsv(into(folder, "gpqa_main.csv"), [...GPQA, ...GPQA]);
      return folder;
    },
    jsonl: (folder) => writeJsonl(into(folder, "diamond.jsonl"), GPQA),
  },
};
