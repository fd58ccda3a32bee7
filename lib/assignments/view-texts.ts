import type { Instance } from "@/lib/db/generated/client";
import type { Reveal, TaskSchema } from "@/lib/projects/schema";
import { renderWithMap } from "@/lib/text/render";
import { renderSteps } from "@/lib/text/render-steps";
import type { AssignmentView } from "./schema";

type Texts = Pick<AssignmentView, "prompt" | "messages" | "context" | "reference">;

/** What stands beside the completions, without what is hidden and without a reference that the schema does not show. */
export async function viewTexts(
  { prompt, messages, context, reference }: Pick<Instance, "prompt" | "messages" | "context" | "reference">,
  { shows }: TaskSchema,
  hidden: readonly Reveal[],
): Promise<Texts> {
  const isShown = (show: Reveal["show"]) => hidden.every((one) => one.show !== show);
  const turns = messages as { role: string; content: string }[] | null;
  return {
    prompt: isShown("prompt") && turns === null ? await viewText(prompt ?? "") : null,
    messages:
      isShown("prompt") && turns !== null
        ? await Promise.all(turns.map(async ({ role, content }) => ({ role, ...(await viewText(content)) })))
        : null,
    context: isShown("context") && context !== null ? await viewText(context) : null,
    reference: shows?.reference && isShown("reference") && reference !== null ? await viewText(reference) : null,
  };
}

/** A text as it looks and as it was written. */
export async function viewText(text: string): Promise<NonNullable<Texts["prompt"]>> {
  return { ...(await renderWithMap(text)), text };
}

/** The steps of a completion, each as it looks and as it was written. */
export async function viewSteps(steps: readonly string[]): Promise<AssignmentView["completions"][number]["steps"]> {
  const rendered = await renderSteps(steps);
  return steps.map((text, index) => ({ ...rendered[index]!, text }));
}
