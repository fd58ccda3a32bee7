import type { Demonstration, JudgeQuestion, Texts } from "./protocol";

/** A text that is not ours, between lines that only who knows the key can write. */
export function fenced(name: string, text: string, key: string): string {
  return `--- BEGIN ${name} ${key} ---\n${text}\n--- END ${name} ${key} ---`;
}

/** The conversation and what comes with it, each text in its fence. */
export function fencedTexts({ conversation, context, reference }: Omit<Texts, "completions">, key: string): string[] {
  return [
    ...conversation.map(({ role, content }, i) =>
      fenced(`MESSAGE ${i + 1} FROM ${JSON.stringify(role)}`, content, key),
    ),
    ...(context === null ? [] : [fenced("CONTEXT", context, key)]),
    ...(reference === null ? [] : [fenced("REFERENCE ANSWER", reference, key)]),
  ];
}

/** All texts of a request that are not ours: none of them may contain its key. */
export function dataOf(question: JudgeQuestion, demonstrations: readonly Demonstration[] = []): string[] {
  return [
    ...textsOf(question),
    ...demonstrations.flatMap((one) => [...textsOf(one.question), JSON.stringify(one.answer)]),
  ];
}

function textsOf(question: JudgeQuestion): string[] {
  const { conversation, context, reference, completions } = question;
  return [
    ...conversation.flatMap(({ role, content }) => [role, content]),
    context ?? "",
    reference ?? "",
    ...completions,
    ...(question.type === "steps" ? question.steps : []),
  ];
}
