"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";

import { CodeBlock } from "@/app/_components/ui/code-block";
import { Section } from "@/app/_components/ui/page";

const examples = [
  {
    key: "instance",
    code: '{"id": "q1", "prompt": "Name a primary colour.", "completions": [{"id": "a", "text": "Blue.", "model": "m1"}, {"id": "b", "text": "Teal, perhaps.", "model": "m2"}], "labels": [{"annotator": "ann1", "kind": "human", "type": "comparison", "preferred": 0}]}',
  },
  {
    key: "conversation",
    code: '{"id": "q2", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is 2 + 2?"}], "completions": [{"text": "4"}, {"text": "It is 4, of course."}]}',
  },
  {
    key: "preference",
    code: '{"prompt": "What is 2 + 2?", "chosen": "4", "rejected": "5"}\n{"chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}], "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "What?"}]}',
  },
  {
    key: "images",
    code: '{"id": "q3", "prompt": "A red house by the sea", "images": ["https://example.org/sketch.png"], "completions": [{"image": "https://example.org/1.png", "model": "m1"}, {"images": [{"url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==", "alt": "A house"}], "model": "m2"}]}\n{"messages": [{"role": "user", "content": [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "https://example.org/cat.jpg"}}]}], "completions": [{"text": "A cat."}, {"text": "A dog."}]}',
  },
  {
    key: "labels",
    code: '{"annotator": "ann1", "kind": "human", "type": "comparison", "preferred": "tie", "aspect": "style", "rationale": "Both are fine."}\n{"annotator": "ann1", "kind": "human", "type": "rating", "completion": 1, "aspect": "helpful", "value": 4}\n{"annotator": "gpt-4", "kind": "lm", "type": "ranking", "ranks": [2, 1]}\n{"annotator": "ann2", "kind": "human", "type": "spans", "covered": [0], "spans": [{"completion": 0, "start": 0, "end": 4, "category": "Accuracy"}]}',
  },
  {
    key: "labelFile",
    code: '{"instance": "q1", "annotator": "gpt-4", "kind": "lm", "type": "comparison", "preferred": 1, "order": [1, 0]}',
  },
] as const;

/** What files may hold, with examples to copy, and how scripts import. */
export function FormatHelp({ slug }: { slug: string }) {
  const t = useTranslations("datasets.import.format");
  const origin = useSyncExternalStore(
    subscribeToNothing,
    () => window.location.origin,
    () => "",
  );
  const commands = [
    {
      key: "commandLine",
      code: `npm run cli -- import FILE --project ${slug} --dry-run\nnpm run cli -- import FILE --project ${slug}\nnpm run cli -- labels FILE --project ${slug}`,
    },
    {
      key: "curl",
      code: `curl --fail-with-body -H "Authorization: Bearer $TANDEM_API_KEY" \\\n  --data-binary @FILE "${origin}/api/v1/projects/${slug}/instances?filename=FILE&dryRun=true"`,
    },
    {
      key: "upload",
      code: `curl --fail-with-body -H "Authorization: Bearer $TANDEM_API_KEY" \\\n  --data-binary @IMAGE "${origin}/api/v1/projects/${slug}/images"`,
    },
  ] as const;
  return (
    <Section title={t("title")} description={t("description")}>
      <div className="grid grid-cols-1 gap-4">
        {[...examples, ...commands].map(({ key, code }) => (
          <div key={key} className="grid min-w-0 gap-1">
            <h3 className="text-[0.8125rem] font-medium">{t(`examples.${key}.title`)}</h3>
            <p className="max-w-[72ch] text-[0.8125rem] text-muted-foreground">{t(`examples.${key}.text`)}</p>
            <CodeBlock label={t("exampleOf", { title: t(`examples.${key}.title`) })} code={code} />
          </div>
        ))}
      </div>
    </Section>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}
