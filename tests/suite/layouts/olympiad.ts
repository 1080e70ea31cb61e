/** @file Layouts of the made-up questions of OlympiadBench. */

import { IMAGE, type ParquetType, pythonLiteral, writeParquet } from "../files.ts";
import { changed, into, kit, type Layouts, parquet, PNG, png, tsv, without } from "./layout.ts";

const OLYMPIAD = [
  {
    id: 1606,
    question: "Let $T=3$. Compute $T/6$ from <image_1>.",
    solution: ["..."],
    final_answer: ["$\\frac{1}{2}$"],
    context: null,
    image_1: png,
    modality: "Multimodal",
    difficulty: "Competition",
    is_multiple_answer: false,
    unit: null,
    answer_type: "Numerical",
    error: null,
    question_type: "Open-ended",
    subfield: "Algebra",
    subject: "Math",
    language: "English",
  },
  {
    id: 962,
    question: "What is the speed?",
    solution: ["..."],
    final_answer: ["5.0"],
    context: "A ball rolls.",
    image_1: null,
    modality: "Text-only",
    difficulty: "Competition",
    is_multiple_answer: false,
    unit: "m/s",
    answer_type: "Numerical",
    error: "0.1",
    question_type: "Open-ended",
    subfield: "Mechanics",
    subject: "Physics",
    language: "English",
  },
  {
    id: 963,
    question: "Solve $x^2=4$.",
    solution: ["..."],
    final_answer: ["$2,-2$"],
    context: null,
    image_1: null,
    modality: "Text-only",
    difficulty: "Competition",
    is_multiple_answer: true,
    unit: null,
    answer_type: "Numerical",
    error: null,
    question_type: "Open-ended",
    subfield: "Algebra",
    subject: "Math",
    language: "English",
  },
  {
    id: 964,
    question: "Prove it.",
    solution: ["..."],
    final_answer: null,
    context: null,
    image_1: null,
    modality: "Text-only",
    difficulty: "Competition",
    is_multiple_answer: false,
    unit: null,
    answer_type: null,
    error: null,
    question_type: "Theorem proof",
    subfield: "Algebra",
    subject: "Math",
    language: "English",
  },
];
const OLYMPIAD_TYPES: Readonly<Record<string, ParquetType>> = {
  id: "int64",
  question: "string",
  solution: { list: "string" },
  final_answer: { list: "string" },
  context: "string",
  image_1: IMAGE,
  image_2: IMAGE,
  modality: "string",
  difficulty: "string",
  is_multiple_answer: "bool",
  unit: "string",
  answer_type: "string",
  error: "string",
  question_type: "string",
  subfield: "string",
  subject: "string",
  language: "string",
};

const { id: _id, image_1: _one, image_2: _two, ...LMMS_TYPES } = OLYMPIAD_TYPES;

export const OLYMPIADS: Readonly<Record<string, Layouts>> = {
  olympiadbench: {
    parquet: (folder) => {
      for (const [place, row] of OLYMPIAD.entries()) {
        const kind = row.question_type === "Theorem proof" ? "TP" : "OE";
        const config = `${kind}_${row.modality === "Multimodal" ? "MM" : "TO"}_${row.subject === "Math" ? "maths" : "physics"}_en_COMP`;
        writeParquet(into(folder, config, `${place}-of-4.parquet`), [row], OLYMPIAD_TYPES);
      }
      return folder;
    },
    "lmms-lab's": parquet(
      "test_en-00000-of-00001.parquet",
      changed(OLYMPIAD, ({ id, image_1 }) => ({
        question_id: id,
        images: image_1 ? [image_1] : [],
      })),
      { ...LMMS_TYPES, question_id: "int64", images: { list: IMAGE } },
    ),
    "VLMEvalKit's": tsv(
      "OlympiadBench.tsv",
      kit(
        changed(without(OLYMPIAD, "id", "image_1"), (row, i) => ({
          final_answer: row["final_answer"] === null ? "" : pythonLiteral(row["final_answer"]),
          solution: pythonLiteral(row["solution"]),
          is_multiple_answer: row["is_multiple_answer"] ? "True" : "False",
          source: `${i === 3 ? "TP" : "OE"}_${i === 0 ? "MM" : "TO"}_${row["subject"] === "Math" ? "maths" : "physics"}_en_COMP`,
        })),
        [[PNG], null, null, null],
      ),
    ),
  },
};
