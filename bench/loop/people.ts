import type { View } from "../annotators/annotator";
import type { Answer, LoopRecord, Recognise } from "./records";

/** Answers given, by instance of the file. */
export type Given = Map<string, Answer[]>;

/**
 * Decides as the file's people did: each time an instance is shown, with the next of its labels. What is drawn for an
 * assignment stays its answer, however often the page asks.
 */
export function peopleOfTheFile(recognise: Recognise): {
  decide: (view: View) => Record<string, number>;
  given: Given;
} {
  const given: Given = new Map();
  return {
    given,
    decide({ prompt, completions, schema }) {
      const [a, b] = completions.map(({ text }) => text);
      const { record, isSwapped } = recognise(prompt!.html, [a!, b!]);
      const answer = nextAnswer(record, given);
      return { [schema.questions[0]!.aspects[0]!.id]: pointOf(answer, isSwapped) };
    },
  };
}

function nextAnswer(record: LoopRecord, given: Given): Answer {
  const before = given.get(record.id) ?? [];
  const answer = record.human[before.length];
  if (answer === undefined) throw new Error(`${record.id} was handed out more often than the file has people for it.`);
  given.set(record.id, [...before, answer]);
  return answer;
}

/** On a scale of three points: the first shown is better, a tie, the second is. */
function pointOf(answer: Answer, isSwapped: boolean): number {
  if (answer === "tie") return 2;
  return (answer === 0) === isSwapped ? 3 : 1;
}
