"use client";

import { useEffect } from "react";
import type { AssignmentView } from "@/lib/assignments/schema";

/** Pictures of an assignment that comes next, so that they are there when it does. */
export function PrefetchImages({ assignment }: { assignment: AssignmentView }) {
  const sources = sourcesOf(assignment).join(" ");
  useEffect(() => {
    // Kept while they load; the browser's cache has them afterwards.
    const pictures = sources.split(" ").map((source) => {
      const picture = new Image();
      if (source) picture.src = source;
      return picture;
    });
    return () => void pictures.splice(0);
  }, [sources]);
  return null;
}

/** Those beside texts and those within. */
function sourcesOf({ prompt, messages, images, context, reference, completions }: AssignmentView): string[] {
  const texts = [prompt?.html, context?.html, reference?.html, ...(messages ?? []).map(({ html }) => html)];
  const within = [...texts, ...completions.map(({ html }) => html)].flatMap((html) =>
    [...(html ?? "").matchAll(/<img src="([^"]+)"/g)].map(([, source]) => source!),
  );
  const beside = [...images, ...(messages ?? []).flatMap((message) => message.images)];
  const all = [...beside, ...completions.flatMap((completion) => completion.images)].map(({ src }) => src);
  return [...new Set([...all, ...within])];
}
