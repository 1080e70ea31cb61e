/** @file Layouts of the made-up questions of mathematics on pictures. */

import { IMAGE, type ParquetType, pythonLiteral } from "../files.ts";
import {
  changed,
  JPEG,
  jpeg,
  kit,
  type Layouts,
  parquet,
  PNG,
  png,
  tsv,
  without,
  withImages,
} from "./layout.ts";

const VISION = [
  {
    id: "4",
    question: "How many balls are there?\n<image1>",
    options: [],
    image: "images/4.jpg",
    decoded_image: jpeg,
    answer: "7",
    solution: null,
    level: 1,
    subject: "counting",
  },
  {
    id: "5",
    question: "Which shape is it?\n<image1>",
    options: ["circle", "square", "$\\frac{1}{2}$", "none", "both"],
    image: "images/5.jpg",
    decoded_image: jpeg,
    answer: "C",
    solution: null,
    level: 3,
    subject: "plane geometry",
  },
];
const VISION_TYPES = {
  id: "string",
  question: "string",
  options: { list: "string" },
  image: "string",
  decoded_image: IMAGE,
  answer: "string",
  solution: "string",
  level: "int64",
  subject: "string",
} as const;

const CHOICES = "Choices:\nA:30°\nB:45°\nC:60°\nD:90°";
const VERSE_QUESTIONS = [
  {
    problem_version: "Text Dominant",
    question: `As shown, angle A is 60 degrees. How large is angle B?\n${CHOICES}`,
    image: png,
    answer: "B",
    question_type: "multi-choice",
    full: `As shown, how large is angle B?\n${CHOICES}`,
  },
  {
    problem_version: "Vision Only",
    question: "",
    image: png,
    answer: "B",
    question_type: "multi-choice",
    full: `As shown, how large is angle B?\n${CHOICES}`,
  },
  {
    problem_version: "Vision Intensive",
    question: "How long is AB?",
    image: jpeg,
    answer: "10",
    question_type: "free-form",
    full: "How long is AB?",
  },
];
const VERSE = changed(VERSE_QUESTIONS, ({ question, full }, i) => ({
  sample_index: String(i + 1),
  problem_index: String(i < 2 ? 1 : 2),
  metadata: { split: "testmini", source: "Geometry3K", subject: "Plane Geometry", subfield: "Angle" },
  query_wo: question,
  query_cot: question,
  question_for_eval: full,
}));
const METADATA = {
  struct: { split: "string", source: "string", subject: "string", subfield: "string" },
} as const;
const VERSE_TYPES = {
  sample_index: "string",
  problem_index: "string",
  problem_version: "string",
  question: "string",
  image: IMAGE,
  answer: "string",
  question_type: "string",
  metadata: METADATA,
  query_wo: "string",
  query_cot: "string",
  question_for_eval: "string",
} as const;

const VISTA_META = {
  category: "math-targeted-vqa",
  context: "bar chart",
  grade: "high school",
  img_height: 8,
  img_width: 12,
  language: "english",
  skills: ["arithmetic reasoning"],
  source: "ChartQA",
  split: "testmini",
  task: "figure question answering",
};
const VISTA_QUESTIONS = [
  {
    pid: "1",
    question: "Which bar is longest?",
    image: "images/1.png",
    decoded_image: png,
    choices: ["red", "blue"],
    unit: null,
    precision: null,
    answer: "blue",
    question_type: "multi_choice",
    answer_type: "text",
  },
  {
    pid: "2",
    question: "How long is it?",
    image: "images/2.jpg",
    decoded_image: jpeg,
    choices: null,
    unit: "cm",
    precision: 1,
    answer: "1.2",
    question_type: "free_form",
    answer_type: "float",
  },
  {
    pid: "3",
    question: "How many are there?",
    image: "images/1.png",
    decoded_image: png,
    choices: null,
    unit: null,
    precision: null,
    answer: "14",
    question_type: "free_form",
    answer_type: "integer",
  },
];
const VISTA = changed(VISTA_QUESTIONS, ({ question }) => ({
  metadata: VISTA_META,
  query: `Hint: Please answer the question and provide the final value at the end.\nQuestion: ${question}`,
}));
const VISTA_TYPES: Readonly<Record<string, ParquetType>> = {
  pid: "string",
  question: "string",
  image: "string",
  decoded_image: IMAGE,
  choices: { list: "string" },
  unit: "string",
  precision: "double",
  answer: "string",
  question_type: "string",
  answer_type: "string",
  metadata: {
    struct: {
      category: "string",
      context: "string",
      grade: "string",
      img_height: "int64",
      img_width: "int64",
      language: "string",
      skills: { list: "string" },
      source: "string",
      split: "string",
      task: "string",
    },
  },
  query: "string",
};

export const MATHEMATICS: Readonly<Record<string, Layouts>> = {
  mathvision: {
    parquet: parquet("test-00000-of-00001.parquet", VISION, VISION_TYPES),
    jsonl: withImages("test.jsonl", without(VISION, "decoded_image"), {
      "images/4.jpg": JPEG,
      "images/5.jpg": JPEG,
    }),
    "VLMEvalKit's": tsv(
      "MathVision.tsv",
      kit(
        changed(without(VISION, "decoded_image", "image", "options", "id", "subject"), (_row, i) => ({
          choices: pythonLiteral(VISION[i]!.options),
          category: VISION[i]!.subject,
        })),
        [JPEG, JPEG],
      ),
    ),
  },
  mathverse: {
    parquet: parquet("testmini.parquet", VERSE, VERSE_TYPES),
    json: withImages(
      "testmini.json",
      changed(VERSE, (_row, i) => ({ image: `images_version_1-4/image_${i}.png` })),
      Object.fromEntries(
        VERSE.map(({ image }, i) => [`images/images_version_1-4/image_${i}.png`, image.bytes]),
      ),
    ),
    "VLMEvalKit's": tsv(
      "MathVerse_MINI.tsv",
      kit(
        changed(without(VERSE, "image"), (row) => ({ metadata: pythonLiteral(row["metadata"]) })),
        [PNG, PNG, JPEG],
      ),
    ),
  },
  mathvista: {
    parquet: parquet("testmini-00000-of-00001-725687bf7a18d64b.parquet", VISTA, VISTA_TYPES),
    json: withImages("annot_testmini.json", without(VISTA, "decoded_image"), {
      "images/1.png": PNG,
      "images/2.jpg": JPEG,
    }),
    "VLMEvalKit's": tsv(
      "MathVista_MINI.tsv",
      kit(
        changed(without(VISTA, "pid", "image", "decoded_image", "metadata", "query"), (row, i) => ({
          question: VISTA[i]!.query,
          choices: pythonLiteral(row["choices"] ?? []),
          precision: row["precision"] ?? "",
          answer_option: row["question_type"] === "multi_choice" ? "B" : "",
          task: VISTA_META.task,
          skills: pythonLiteral(VISTA_META.skills),
        })),
        [PNG, JPEG, PNG],
      ),
    ),
  },
};
