/** @file How OlympiadBench asks: what kind of answer there is, and how it is to be given. */

export interface OlympiadQuestion {
  language: "en" | "zh";
  subject: "maths" | "physics";
  /** Several with commas between them. */
  answerType: string;
  isMultiple: boolean;
  hasUnit: boolean;
}

const KINDS = {
  Numerical: { en: "a numerical value", zh: "数值" },
  Expression: { en: "an expression", zh: "表达式" },
  Equation: { en: "an equation", zh: "方程" },
  Interval: { en: "an interval", zh: "区间" },
} as const;

/** The authors' words, which here follow the question. */
export function olympiadPrompt(question: OlympiadQuestion): string {
  return question.language === "zh" ? chinese(question) : english(question);
}

function english({ subject, answerType, isMultiple, hasUnit }: OlympiadQuestion): string {
  const competition = subject === "maths" ? "Math" : "Physics";
  const kinds = kindsOf(answerType, "en");
  const one = new Set(kinds).size === 1;
  const kind =
    kinds.length === 0
      ? ""
      : !isMultiple
        ? `The answer of the problem should be ${kinds[0]}. `
        : one
          ? `The problem has multiple answers, each of them should be ${kinds[0]}. `
          : `The problem has multiple answers, with the answers in order being ${kinds.join(", ")}. `;
  const box = isMultiple ? "\\boxed{multiple answers connected with commas}" : "\\boxed{answer}";
  const unit = hasUnit ? ", note that the unit of the answer should not be included in \\boxed{}" : "";
  return `This is an open-ended problem from an international ${competition} competition. ${kind}Please calculate the answer according to the given requirements and the information provided, and use LaTeX for variables and formulas. Please end your solution with "So the final answer is ${box}${hasUnit ? "(unit)" : ""}." and give the result explicitly${unit}.`;
}

function chinese({ subject, answerType, isMultiple, hasUnit }: OlympiadQuestion): string {
  const competition = subject === "maths" ? "数学" : "物理";
  const kinds = kindsOf(answerType, "zh");
  const one = new Set(kinds).size === 1;
  const kind =
    kinds.length === 0
      ? ""
      : !isMultiple
        ? `，答案类型为${kinds[0]}`
        : one
          ? `，题目有多个答案，答案类型均为${kinds[0]}`
          : `，题目有多个答案，答案类型分别为${kinds.join("、")}`;
  const box = isMultiple ? "\\boxed{用英文逗号连接的多个答案}" : "\\boxed{答案}";
  const unit = hasUnit ? "，注意答案的单位不要放在\\boxed{}中" : "";
  return `以上是中国${competition}竞赛中的解答题${kind}。请根据题目的要求和所提供的信息计算得出答案。解答过程和结果中使用的变量和公式请使用LaTeX格式表示。请在最后以“所以最终答案是${box}${hasUnit ? "(单位)" : ""}。”显式给出结果${unit}。`;
}

/** A tuple may be anything, and is not named. */
function kindsOf(answerType: string, language: "en" | "zh"): string[] {
  if (/Tuple|human/i.test(answerType)) return [];
  return answerType.split(",").flatMap((type) => {
    const kind = (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((name) => type.includes(name));
    return kind === undefined ? [] : [KINDS[kind][language]];
  });
}
