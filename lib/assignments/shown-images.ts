import type { ImageView } from "@/lib/images/schema";
import { readStored, viewImages, withoutReferences } from "@/lib/images/views";
import { blockOut } from "@/lib/text/hidden-names";
import type { HideNames } from "./hide-names";

/** The images of an instance as its annotator sees them. */
export type ShownImages = {
  prompt: ImageView[];
  /** By message. */
  messages: ImageView[][];
  /** In the order shown. */
  completions: ImageView[][];
};

type Imaged = { images: unknown; messages: unknown; completions: { index: number; images: unknown }[] };

/**
 * The images beside the texts of an instance. Where they come from, which may tell who made them, is not told, nor are
 * names in the words for what models made.
 */
export async function viewShownImages(
  project: { projectId: string; slug: string },
  instance: Imaged,
  { order, hide }: { order: readonly number[]; hide: HideNames },
): Promise<ShownImages> {
  const prompt = readStored(instance.images);
  const turns = (instance.messages ?? []) as { role: string; images?: unknown }[];
  const messages = turns.map((message) => readStored(message.images));
  const completions = order.map((shown) =>
    readStored(instance.completions.find(({ index }) => index === shown)?.images),
  );
  const views = await viewImages(project, [prompt, ...messages, ...completions].flat());
  const view = (images: Parameters<typeof views>[0]) => withoutReferences(views(images));
  const viewMasked = (images: Parameters<typeof views>[0]) =>
    view(images).map(({ alt, ...image }) => ({ ...image, alt: blockOut(hide(alt)) }));
  return {
    prompt: view(prompt),
    messages: messages.map((images, index) => (turns[index]!.role === "assistant" ? viewMasked : view)(images)),
    completions: completions.map(viewMasked),
  };
}
