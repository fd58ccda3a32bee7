"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Camera } from "lucide-react";
import { useTranslations } from "next-intl";

import { listQuery, refreshList } from "@/app/_components/list-query";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Section } from "@/app/_components/ui/page";
import type { SnapshotResponse, SnapshotSource } from "@/lib/datasets/schema";
import type { ExportDefaults } from "@/lib/projects/export-defaults/schema";
import { NewSnapshot } from "./new-snapshot";
import { Snapshot } from "./snapshot";

export type SourceCount = { source: SnapshotSource; label: string; labels: number };

type SnapshotsProps = {
  slug: string;
  firstPage: { items: SnapshotResponse[]; nextCursor: string | null };
  sources: SourceCount[];
  /** The file that the project is exported by. */
  chosen: ExportDefaults | null;
  canCreate: boolean;
};

/** The form that makes a snapshot and the list of those there are. */
export function Snapshots({ slug, firstPage, sources, chosen, canCreate }: SnapshotsProps) {
  const t = useTranslations("datasets.export");
  const path = `/api/v1/projects/${slug}/snapshots` as const;
  const queries = useQueryClient();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(listQuery(path, firstPage));
  const refresh = () => refreshList(queries, path);
  return (
    <>
      {canCreate ? <NewSnapshot slug={slug} sources={sources} onCreated={refresh} /> : null}
      <Section title={t("snapshots")}>
        {error ? <Alert tone="danger">{error.message}</Alert> : null}
        {data.length === 0 ? (
          <EmptyState icon={<Camera />} title={t("none")}>
            {t(canCreate && sources.length > 0 ? "noneMake" : "noneWait")}
          </EmptyState>
        ) : (
          <ul className="grid grid-cols-1 gap-4">
            {data.map((snapshot, index) => (
              <li key={snapshot.id}>
                <Snapshot slug={slug} snapshot={snapshot} chosen={chosen} isOpen={index === 0} onDone={refresh} />
              </li>
            ))}
          </ul>
        )}
        {hasNextPage ? (
          <Button className="justify-self-center" pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t("older")}
          </Button>
        ) : null}
      </Section>
    </>
  );
}
