import type { ImageView } from "@/lib/images/schema";
import { readStored, viewImages, withoutReferences } from "@/lib/images/views";

/** The images of an instance as its annotator sees them. */
export type ShownImages = {
  prompt: ImageView[];
  /** By message. */
  messages: ImageView[][];
  /** In the order shown. */
  completions: ImageView[][];
};

type Imaged = { images: unknown; messages: unknown; completions: { index: number; images: unknown }[] };

/** The images beside the texts of an instance. Where they come from, which may tell who made them, is not told. */
export async function viewShownImages(
  project: { projectId: string; slug: string },
  instance: Imaged,
  order: readonly number[],
): Promise<ShownImages> {
  const prompt = readStored(instance.images);
  const messages = ((instance.messages ?? []) as { images?: unknown }[]).map((message) => readStored(message.images));
  const completions = order.map((shown) =>
    readStored(instance.completions.find(({ index }) => index === shown)?.images),
  );
  const views = await viewImages(project, [prompt, ...messages, ...completions].flat());
  const view = (images: Parameters<typeof views>[0]) => withoutReferences(views(images));
  return { prompt: view(prompt), messages: messages.map(view), completions: completions.map(view) };
}
