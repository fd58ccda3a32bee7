import type { Access } from "@/lib/auth/access";
import type { Completion, Instance } from "@/lib/db/generated/client";
import type { TaskSchema } from "@/lib/projects/schema";
import { letterOf } from "@/lib/text/letter";
import type { Shown } from "./answers/answer-type";
import { asSeen, hideNames, nameHider, rolesOf } from "./hide-names";
import type { Answers, AssignmentView } from "./schema";
import { hiddenTexts } from "./sealed";
import { shownIn } from "./shown";
import { viewShownImages } from "./shown-images";
import { viewSteps, viewText, viewTexts } from "./view-texts";

/** What is read of an instance to show it. */
export const shownColumns = {
  ...{ prompt: true, messages: true, context: true, reference: true, images: true },
  completions: { select: { index: true, text: true, model: true, steps: true, hasSteps: true, images: true } },
} as const;

export type ShownInstance = Pick<Instance, "prompt" | "messages" | "context" | "reference" | "images"> & {
  completions: Pick<Completion, "index" | "text" | "model" | "steps" | "hasSteps" | "images">[];
};

type How = { taskSchema: TaskSchema; order: readonly number[]; sealed: Answers };

/** Everything that an annotator sees of an instance, and the same as answers are about it. */
export async function viewShown(
  access: Access<"label:write"> | Access<"project:update">,
  instance: ShownInstance,
  { taskSchema, order, sealed }: How,
): Promise<{
  shown: Shown;
  view: Pick<
    AssignmentView,
    "prompt" | "messages" | "images" | "context" | "reference" | "hidden" | "completions" | "sealed"
  >;
}> {
  const shown = shownIn(order, instance, taskSchema);
  const hide = nameHider(taskSchema, instance.completions);
  const { completions } = hideNames(shown, hide);
  const asksSteps = taskSchema.questions.some(({ type }) => type === "steps");
  const hidden = hiddenTexts(taskSchema, instance, sealed);
  const images = await viewShownImages(access, instance, { order, hide });
  const [texts, rendered, steps] = await Promise.all([
    viewTexts(access, instance, { taskSchema, hidden, images, hide }),
    Promise.all(completions.map(({ text }, index) => viewText(access, text, shown.completions[index]!.text))),
    Promise.all(
      completions.map(async ({ steps }, index) =>
        asksSteps ? await viewSteps(access, steps, shown.completions[index]!.steps) : null,
      ),
    ),
  ]);
  return {
    shown: asSeen(shown, rolesOf(instance), hide),
    view: {
      ...texts,
      ...{ hidden, sealed },
      completions: rendered.map((text, position) => ({
        ...{ label: letterOf(position), ...text, images: images.completions[position]! },
        steps: steps[position]!,
      })),
    },
  };
}
