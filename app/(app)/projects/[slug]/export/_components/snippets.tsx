"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";

import { CodeBlock } from "@/app/_components/ui/code-block";
import type { SnapshotManifest, SnapshotResponse } from "@/lib/datasets/schema";
import type { ExportDefaults } from "@/lib/projects/export-defaults/schema";
import { exampleFile } from "./first-file";

type SnippetsProps = {
  slug: string;
  snapshot: SnapshotResponse;
  manifest: SnapshotManifest;
  chosen: ExportDefaults | null;
  isOpen: boolean;
};

/** How scripts get the same files: curl, the command line, and loading them for a trainer. */
export function Snippets({ slug, snapshot: { id, name }, manifest, chosen, isOpen }: SnippetsProps) {
  const t = useTranslations("datasets.export.scripts");
  const origin = useSyncExternalStore(
    subscribeToNothing,
    () => window.location.origin,
    () => "",
  );
  const options = exampleFile(manifest, chosen);
  const flags = Object.entries(options).map(([name, value]) => `--${name} ${value}`);
  const snippets = [
    {
      title: "curl",
      code: `curl --fail -H "Authorization: Bearer $TANDEM_API_KEY" \\\n  "${origin}/api/v1/projects/${slug}/snapshots/${id}/export?${new URLSearchParams(options)}" \\\n  -o preferences.jsonl`,
    },
    {
      title: t("commandLine"),
      code: `npm run cli -- export --project ${slug} --snapshot ${id} ${flags.join(" ")} --out preferences.jsonl`,
    },
    {
      title: "Python",
      code: `from datasets import load_dataset\n\ndataset = load_dataset("json", data_files="preferences.jsonl", split="train")`,
    },
  ];
  return (
    <details open={isOpen}>
      <summary className="w-fit rounded-sm text-[0.8125rem] font-medium">{t("title")}</summary>
      <div className="mt-3 grid grid-cols-1 gap-3">
        {snippets.map(({ title, code }) => (
          <div key={title} className="grid min-w-0 gap-1">
            <h4 className="text-xs font-medium text-muted-foreground">{title}</h4>
            <CodeBlock label={t("example", { title, name, id: id.slice(-8) })} code={code} />
          </div>
        ))}
      </div>
    </details>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}
