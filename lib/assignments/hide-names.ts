import type { Instance } from "@/lib/db/generated/client";
import type { TaskSchema } from "@/lib/projects/schema";
import { codePointLength } from "@/lib/text/code-points";
import { blockOut } from "@/lib/text/hidden-names";
import { modelNameHider } from "@/lib/text/model-names";
import { maskSelfIdentification } from "@/lib/text/self-identification";
import type { Shown } from "./answers/answer-type";

/** Replaces names in a text, code point for code point. */
export type HideNames = (text: string) => string;

/**
 * What hides in the texts of models who wrote them, where the project wants that: names by which they tell who they are,
 * and those of the models that answered this instance.
 */
export function nameHider(
  { maskModelNames = false }: TaskSchema,
  completions: readonly { model: string | null }[],
): HideNames {
  if (!maskModelNames) return (text) => text;
  const hideModels = modelNameHider([...new Set(completions.flatMap(({ model }) => model ?? []))]);
  return (text) => hideModels(maskSelfIdentification(text));
}

/** What is shown, with names hidden. What people asked stays as it is. */
export function hideNames(shown: Shown, hide: HideNames): Shown {
  return {
    ...shown,
    completions: shown.completions.map(({ text, steps }) => ({ text: hide(text), steps: hideInSteps(steps, hide) })),
  };
}

/** Who says each message of a conversation. */
export function rolesOf({ messages }: Pick<Instance, "messages">): string[] {
  return ((messages as { role: string }[] | null) ?? []).map(({ role }) => role);
}

/** What is shown as its reader sees it, which is where whole sentences begin and end. Steps, of which none is marked, stay. */
export function asSeen(shown: Shown, roles: readonly string[], hide: HideNames): Shown {
  const see = (text: string) => blockOut(hide(text));
  return {
    ...shown,
    completions: shown.completions.map(({ text, steps }) => ({ text: see(text), steps })),
    messages: shown.messages?.map((text, index) => (roles[index] === "assistant" ? see(text) : text)) ?? null,
  };
}

/** A name is told by the words around it, which may stand in another step. */
function hideInSteps(steps: readonly string[], hide: HideNames): string[] {
  const hidden = [...hide(steps.join(" "))];
  let at = 0;
  return steps.map((step) => {
    const start = at;
    const end = start + codePointLength(step);
    at = end + 1;
    return hidden.slice(start, end).join("");
  });
}
