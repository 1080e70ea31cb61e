/** @file Layouts of the made-up questions of MMStar and MMMU. */

import { IMAGE, type ParquetType, pythonLiteral, writeParquet } from "../files.ts";
import {
  changed,
  into,
  JPEG,
  jpeg,
  kit,
  type Layouts,
  letters,
  parquet,
  PNG,
  png,
  tsv,
  without,
} from "./layout.ts";

const STAR = [
  {
    index: 0,
    question: "Which colour is it?\nOptions: A: red, B: dark blue, C: green, D: black",
    image: png,
    answer: "B",
    category: "coarse perception",
    l2_category: "image scene and topic",
    meta_info: { source: "MMBench", split: "val", image_path: "images/0.png" },
  },
  {
    index: 1,
    question: "How many are there?\nOptions: A: 1, B: 2, C: 3, D: 4",
    image: jpeg,
    answer: "D",
    category: "instance reasoning",
    l2_category: "single-instance reasoning",
    meta_info: { source: "SEEDBench", split: "val", image_path: "images/1.jpg" },
  },
];
const STAR_TYPES = {
  index: "int64",
  question: "string",
  image: IMAGE,
  answer: "string",
  category: "string",
  l2_category: "string",
  meta_info: { struct: { source: "string", split: "string", image_path: "string" } },
} as const;

const MMMU = [
  {
    id: "validation_Accounting_1",
    question: "<image 1> What is the sum?",
    options: "['$6', '$7', '$8', '$9']",
    explanation: "",
    image_1: png,
    image_2: null,
    img_type: "['Tables']",
    answer: "B",
    topic_difficulty: "Easy",
    question_type: "multiple-choice",
    subfield: "Managerial Accounting",
  },
  {
    id: "validation_Accounting_2",
    question: "Which of <image 2> and <image 1> is right?",
    options: pythonLiteral(["<image 1>", "it's <image 2>"]),
    explanation: "",
    image_1: png,
    image_2: jpeg,
    img_type: "['Diagrams']",
    answer: "A",
    topic_difficulty: "Hard",
    question_type: "multiple-choice",
    subfield: "Audit",
  },
  {
    id: "validation_Accounting_3",
    question: "<image 1> How much is it?",
    options: "[]",
    explanation: "",
    image_1: png,
    image_2: null,
    img_type: "['Tables']",
    answer: "['24/7', '3.429']",
    topic_difficulty: "Medium",
    question_type: "open",
    subfield: "Audit",
  },
];
const MMMU_TYPES: Readonly<Record<string, ParquetType>> = {
  id: "string",
  question: "string",
  options: "string",
  explanation: "string",
  image_1: IMAGE,
  image_2: IMAGE,
  img_type: "string",
  answer: "string",
  topic_difficulty: "string",
  question_type: "string",
  subfield: "string",
};

const STAR_OPTIONS = [
  ["red", "dark blue", "green", "black"],
  ["1", "2", "3", "4"],
];
const SUMS = ["$6", "$7", "$8", "$9"];
const MMMU_OPTIONS = [SUMS, SUMS, ["<image 1>", "it's <image 2>"], []];

export const COLLEGE: Readonly<Record<string, Layouts>> = {
  mmstar: {
    parquet: parquet("mmstar.parquet", STAR, STAR_TYPES),
    "raw bytes": parquet(
      "mmstar.parquet",
      changed(STAR, ({ image }) => ({ image: image.bytes })),
      { ...STAR_TYPES, image: "binary" },
    ),
    "VLMEvalKit's": tsv(
      "MMStar.tsv",
      kit(
        changed(without(STAR, "index", "image", "meta_info"), ({ question }, i) =>
          Object.assign(letters(STAR_OPTIONS[i]!), {
            question: String(question).split("\n")[0]!,
            split: "val",
          }),
        ),
        [PNG, JPEG],
      ),
    ),
  },
  mmmu: {
    folder: (folder) => {
      const dev = [{ ...MMMU[0]!, id: "dev_Accounting_1" }];
      writeParquet(into(folder, "Accounting", "dev-00000-of-00001.parquet"), dev, MMMU_TYPES);
      writeParquet(into(folder, "Accounting", "validation-00000-of-00001.parquet"), MMMU, MMMU_TYPES);
      return folder;
    },
    "VLMEvalKit's": tsv(
      "MMMU_DEV_VAL.tsv",
      kit(
        changed(without([MMMU[0]!, ...MMMU], "options", "image_1", "image_2", "img_type"), ({ id }, i) =>
          Object.assign(letters(MMMU_OPTIONS[i]!), {
            id: i === 0 ? "dev_Accounting_1" : id,
            category: "Accounting",
            split: i === 0 ? "dev" : "validation",
          }),
        ),
        [[PNG], [PNG], [PNG, JPEG], [PNG]],
      ),
    ),
  },
};
