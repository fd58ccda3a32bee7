import type { AnswerToken, Asked, AskedType, JudgeQuestion, Texts } from "@/lib/judges/protocols/protocol";

const aspect = { name: "Overall", definition: "Which one is better?" };

const asked: { [T in AskedType]: Extract<Asked, { type: T }> } = {
  comparison: { type: "comparison", aspect, maxStrength: 2, allowsTie: true },
  ranking: { type: "ranking", aspect },
  rating: { type: "rating", aspect, scale: { kind: "points", points: 5 } },
  binary: { type: "binary", aspect, kind: "thumb" },
  spans: {
    ...{ type: "spans", aspect, severities: ["minor", "major"] },
    categories: [
      { id: "wrong", name: "Wrong", definition: "Contradicts the facts." },
      { id: "vague", name: "Vague", definition: "" },
    ],
  },
  steps: { type: "steps", aspect, steps: ["Two and two are four.", "So it is five."], flags: ["redundant"] },
  critique: { type: "critique", aspect, rewrite: "optional" },
};

/** What a judge is asked about two completions, or of most types one, that say what a lease is. */
export function aJudgeQuestion<T extends AskedType>(
  type: T,
  fields: Partial<Texts> & Partial<Extract<Asked, { type: T }>> = {},
): JudgeQuestion<T> {
  const texts: Texts = {
    conversation: [{ role: "user", content: "What is a lease?" }],
    context: null,
    reference: null,
    completions: type === "comparison" || type === "ranking" ? ["A contract.", "A fruit."] : ["A contract of a fruit."],
  };
  return { ...texts, ...asked[type], ...fields } as JudgeQuestion<T>;
}

/** An answer in tokens: words that are certain, and choices by token, the likeliest being what was written. */
export function answerTokens(...parts: (string | Record<string, number>)[]): AnswerToken[] {
  return parts.map((part) => {
    const choices = Object.entries(typeof part === "string" ? { [part]: 1 } : part).sort(([, p], [, q]) => q - p);
    return {
      text: choices[0]![0],
      alternatives: choices.map(([text, probability]) => ({ text, logprob: Math.log(probability) })),
    };
  });
}
