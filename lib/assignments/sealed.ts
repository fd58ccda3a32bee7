import type { Assignment, Instance } from "@/lib/db/generated/client";
import type { Fault } from "@/lib/errors";
import type { Reveal, TaskSchema } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { canonicalJson } from "@/lib/text/canonical";
import { sealedAnswers, type Answers } from "./schema";

/** The answers that stay as they are because they revealed a text. Under other questions they mean nothing any more. */
export function sealedOf({ sealedAnswers: stored }: Pick<Assignment, "sealedAnswers">, schemaVersion: number): Answers {
  if (stored === null) return {};
  const sealed = sealedAnswers.parse(stored);
  return sealed.schemaVersion === schemaVersion ? sealed.answers : {};
}

/** The texts of an instance that are not revealed yet. */
export function hiddenTexts(
  { reveal = [] }: TaskSchema,
  instance: Pick<Instance, "context" | "reference">,
  sealed: Answers,
): Reveal[] {
  return reveal.filter(
    ({ show, after }) => !Object.hasOwn(sealed, after) && (show === "prompt" || instance[show] !== null),
  );
}

/** What keeps answers from being submitted: a text nobody has read yet, or an answer that was changed after it was. */
export function sealFaults(hidden: readonly Reveal[], sealed: Answers, answers: Answers): Fault[] {
  const unread = hidden.map(({ show, after }) => ({
    path: `answers.${after}`,
    message: say`${nameText(show)} is not revealed yet, which the answer to ${after} does`,
  }));
  const changed = Object.keys(sealed).filter(
    (id) => !Object.hasOwn(answers, id) || canonicalJson(answers[id]) !== canonicalJson(sealed[id]),
  );
  return [
    ...unread,
    ...changed.map((id) => ({
      path: `answers.${id}`,
      message: say`the answer to ${id} revealed a text and stays as it was then`,
    })),
  ];
}

function nameText(show: Reveal["show"]): string {
  const names = { prompt: say`the prompt`, context: say`the context`, reference: say`the reference` };
  return names[show];
}
