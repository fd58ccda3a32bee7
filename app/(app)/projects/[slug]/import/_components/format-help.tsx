"use client";

import { useSyncExternalStore } from "react";

import { CodeBlock } from "@/app/_components/ui/code-block";
import { Section } from "@/app/_components/ui/page";

const examples = [
  {
    title: "An instance with its labels",
    text: "One JSON object a line. Only prompt (or messages) and completions are needed; fields that are not known are kept. Labels count completions from 0.",
    code: '{"id": "q1", "prompt": "Name a primary colour.", "completions": [{"id": "a", "text": "Blue.", "model": "m1"}, {"id": "b", "text": "Teal, perhaps.", "model": "m2"}], "labels": [{"annotator": "ann1", "kind": "human", "type": "comparison", "preferred": 0}]}',
  },
  {
    title: "A conversation",
    text: "messages stands for prompt; completions are the replies to compare.",
    code: '{"id": "q2", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is 2 + 2?"}], "completions": [{"text": "4"}, {"text": "It is 4, of course."}]}',
  },
  {
    title: "Preference pairs as on the Hugging Face hub",
    text: "Strings or lists of messages. Without prompt it is what both have in common at the start. The pair becomes one comparison by the annotator dataset, and which of the two stands first is drawn.",
    code: '{"prompt": "What is 2 + 2?", "chosen": "4", "rejected": "5"}\n{"chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}], "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "What?"}]}',
  },
  {
    title: "Images",
    text: "Of the prompt, of messages and of completions, which may be images alone: https, http or data URLs, or image:<id> as an upload answers it. An image on the web is fetched when it is looked at first, and kept.",
    code: '{"id": "q3", "prompt": "A red house by the sea", "images": ["https://example.org/sketch.png"], "completions": [{"image": "https://example.org/1.png", "model": "m1"}, {"images": [{"url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==", "alt": "A house"}], "model": "m2"}]}\n{"messages": [{"role": "user", "content": [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "https://example.org/cat.jpg"}}]}], "completions": [{"text": "A cat."}, {"text": "A dog."}]}',
  },
  {
    title: "Other labels",
    text: 'Also rating, ranking, spans (offsets in Unicode code points; of a conversation completion is "prompt" and message its index from 0), steps, binary and critique. kind is human or lm.',
    code: '{"annotator": "ann1", "kind": "human", "type": "comparison", "preferred": "tie", "aspect": "style", "rationale": "Both are fine."}\n{"annotator": "ann1", "kind": "human", "type": "rating", "completion": 1, "aspect": "helpful", "value": 4}\n{"annotator": "gpt-4", "kind": "lm", "type": "ranking", "ranks": [2, 1]}\n{"annotator": "ann2", "kind": "human", "type": "spans", "covered": [0], "spans": [{"completion": 0, "start": 0, "end": 4, "category": "Accuracy"}]}',
  },
  {
    title: "A file of labels",
    text: "For instances that are here: a label with the id of its instance on each line.",
    code: '{"instance": "q1", "annotator": "gpt-4", "kind": "lm", "type": "comparison", "preferred": 1, "order": [1, 0]}',
  },
];

/** What files may hold, with examples to copy, and how scripts import. */
export function FormatHelp({ slug }: { slug: string }) {
  const origin = useSyncExternalStore(
    subscribeToNothing,
    () => window.location.origin,
    () => "",
  );
  const commands = [
    {
      title: "Command line",
      text: "--dry-run checks only.",
      code: `npm run cli -- import FILE --project ${slug} --dry-run\nnpm run cli -- import FILE --project ${slug}\nnpm run cli -- labels FILE --project ${slug}`,
    },
    {
      title: "curl",
      text: "Answers with the run, whose address shows how far it is. Use /labels for a file of labels.",
      code: `curl --fail-with-body -H "Authorization: Bearer $TANDEM_API_KEY" \\\n  --data-binary @FILE "${origin}/api/v1/projects/${slug}/instances?filename=FILE&dryRun=true"`,
    },
    {
      title: "Upload an image",
      text: "Answers with the reference that records may name. PNG, JPEG, WebP, GIF and AVIF of up to 10 MB.",
      code: `curl --fail-with-body -H "Authorization: Bearer $TANDEM_API_KEY" \\\n  --data-binary @IMAGE "${origin}/api/v1/projects/${slug}/images"`,
    },
  ];
  return (
    <Section
      title="Format"
      description="JSON lines or a JSON array in UTF-8, plain or compressed with gzip. A line with a fault is left out and reported; the others go in."
    >
      <div className="grid grid-cols-1 gap-4">
        {[...examples, ...commands].map(({ title, text, code }) => (
          <div key={title} className="grid min-w-0 gap-1">
            <h3 className="text-[0.8125rem] font-medium">{title}</h3>
            <p className="max-w-[72ch] text-[0.8125rem] text-muted-foreground">{text}</p>
            <CodeBlock label={`${title} example`} code={code} />
          </div>
        ))}
      </div>
    </Section>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}
