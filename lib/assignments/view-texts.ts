import type { Access } from "@/lib/auth/access";
import type { Instance } from "@/lib/db/generated/client";
import { renderShown } from "@/lib/images/render-shown";
import type { Reveal, TaskSchema } from "@/lib/projects/schema";
import { blockOut } from "@/lib/text/hidden-names";
import { renderSteps } from "@/lib/text/render-steps";
import type { HideNames } from "./hide-names";
import type { AssignmentView } from "./schema";
import type { ShownImages } from "./shown-images";

type Texts = Pick<AssignmentView, "prompt" | "messages" | "images" | "context" | "reference">;
/** Who labels it, or who looks at how it will be labelled. */
type Annotator = Access<"label:write"> | Access<"project:update">;
type Shows = { taskSchema: TaskSchema; hidden: readonly Reveal[]; images: ShownImages; hide: HideNames };

/** What stands beside the completions, without what is hidden and without a reference that the schema does not show. */
export async function viewTexts(
  access: Annotator,
  { prompt, messages, context, reference }: Pick<Instance, "prompt" | "messages" | "context" | "reference">,
  { taskSchema: { shows }, hidden, images, hide }: Shows,
): Promise<Texts> {
  const isShown = (show: Reveal["show"]) => hidden.every((one) => one.show !== show);
  const turns = messages as { role: string; content: string }[] | null;
  const viewTurns = (turns ?? []).map(async ({ role, content }, index) => ({
    ...{ role, ...(await viewText(access, role === "assistant" ? hide(content) : content, content)) },
    images: images.messages[index]!,
  }));
  return {
    prompt: isShown("prompt") && turns === null ? await viewText(access, prompt ?? "") : null,
    messages: isShown("prompt") && turns !== null ? await Promise.all(viewTurns) : null,
    images: isShown("prompt") ? images.prompt : [],
    context: isShown("context") && context !== null ? await viewText(access, context) : null,
    reference:
      shows?.reference && isShown("reference") && reference !== null ? await viewText(access, reference) : null,
  };
}

/** A text as it looks and as it was written; where names are hidden in it, `imported` is how it came. */
export async function viewText(
  access: Annotator,
  text: string,
  imported = text,
): Promise<NonNullable<Texts["prompt"]>> {
  const { html, map } = await renderShown(access, text, imported);
  return { html, map, text: blockOut(text) };
}

/** The steps of a completion in the same way. */
export async function viewSteps(
  access: Annotator,
  steps: readonly string[],
  imported: readonly string[],
): Promise<AssignmentView["completions"][number]["steps"]> {
  const rendered = await renderSteps(steps, (step, index) => renderShown(access, step, imported[index]));
  return steps.map((text, index) => ({ html: rendered[index]!.html, map: rendered[index]!.map, text: blockOut(text) }));
}
