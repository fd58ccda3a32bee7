import type { Completion, Instance } from "@/lib/db/generated/client";
import { showsAll, type QuestionOf, type TaskSchema } from "@/lib/projects/schema";
import { seededRandom } from "@/lib/stats/random";
import { cutSteps } from "@/lib/text/cut-steps";
import type { Shown } from "./answers/answer-type";

const noCompletion = { text: null, steps: [], hasSteps: false };

type StepCut = QuestionOf<"steps">["cut"];

type Order = {
  seed: number;
  completions: number;
  taskSchema: TaskSchema;
  /** As it was shown before, perhaps under another task schema: what somebody saw first stays first. */
  before?: readonly number[];
};

/**
 * Completion indices as shown, first to last, a function of the seed. With n completions there are n(n - 1) ordered
 * pairs, numbered by first, then second; the seed draws one of them. Where all completions are shown the others follow
 * in an order that the seed draws as well.
 */
export function orderShown({ seed, completions, taskSchema, before = [] }: Order): number[] {
  const all = permutation(seed, completions);
  const order = [...before, ...all.filter((index) => !before.includes(index))];
  return showsAll(taskSchema) ? order : order.slice(0, 2);
}

/** What is shown in this order, with the steps that are to be judged. */
export function shownIn(
  order: readonly number[],
  instance: Pick<Instance, "prompt" | "messages"> & {
    completions: Pick<Completion, "index" | "text" | "steps" | "hasSteps">[];
  },
  { questions }: TaskSchema,
): Shown {
  const cut = stepCutOf({ questions }) ?? "import";
  const completions = order.map((shown) => {
    const completion = instance.completions.find(({ index }) => index === shown) ?? noCompletion;
    return { text: completion.text ?? "", steps: stepsOf(completion, cut) };
  });
  const messages = instance.messages as { content: string }[] | null;
  return { order, completions, prompt: instance.prompt, messages: messages?.map(({ content }) => content) ?? null };
}

/** How completions without imported steps are cut; undefined where no question is about steps. */
export function stepCutOf({ questions }: Pick<TaskSchema, "questions">): StepCut | undefined {
  return questions.find((one) => one.type === "steps")?.cut;
}

/** The steps of a completion that are to be judged. */
export function stepsOf(
  { text, steps, hasSteps }: Pick<Completion, "text" | "steps" | "hasSteps">,
  cut: StepCut,
): string[] {
  if (hasSteps) return steps;
  return cut === "import" ? [text ?? ""] : cutSteps(text ?? "", cut);
}

function permutation(seed: number, n: number): number[] {
  if (n < 2) return [0].slice(0, n);
  const pair = seed % (n * (n - 1));
  const first = Math.floor(pair / (n - 1));
  const rest = pair % (n - 1);
  const second = rest + Number(rest >= first);
  const others = Array.from({ length: n }, (_, index) => index).filter((index) => index !== first && index !== second);
  const random = seededRandom(seed);
  for (let last = others.length - 1; last > 0; last -= 1) {
    const drawn = Math.floor(random() * (last + 1));
    [others[last], others[drawn]] = [others[drawn]!, others[last]!];
  }
  return [first, second, ...others];
}
