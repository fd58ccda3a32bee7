"use client";

import { useTranslations } from "next-intl";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ClassifierState, DimensionFigures } from "@/lib/routing/features/classifier/schema";

type TagClassifierProps = { slug: string; first: ClassifierState; canManage: boolean };

/** What instances ask, by a classifier that learned it from those that have tags, with the means to start it. */
export function TagClassifier({ slug, first, canManage }: TagClassifierProps) {
  const t = useTranslations("routing.classifier");
  const client = useQueryClient();
  const path = `/api/v1/projects/${slug}/routing/tag-classifier` as const;
  const queryKey = ["projects", slug, "routing", "tag-classifier"];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<ClassifierState>("GET", path, undefined, { signal }),
    initialData: first,
  });
  const refresh = () => client.invalidateQueries({ queryKey });
  const start = useMutation({
    mutationFn: () => api<{ id: string }>("POST", path),
    onSuccess: async () => {
      toast.success(t("started"));
      await refresh();
    },
  });
  const { prompts, fewest, tagged, untagged, dimensions, runId } = data;
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={
        canManage && prompts >= fewest && untagged > 0 ? (
          <ConfirmDialog
            trigger={<Button>{t("train")}</Button>}
            title={t("trainTitle")}
            description={t("trainDescription", { prompts, untagged })}
            confirmLabel={t("trainConfirm")}
            onConfirm={async () => void (await start.mutateAsync())}
          />
        ) : null
      }
    >
      {runId === null ? null : <RunProgress key={runId} slug={slug} runId={runId} onDone={() => void refresh()} />}
      <p className="text-muted-foreground tabular-nums">
        {t("counts", { prompts, tagged, untagged })}{" "}
        {prompts < fewest
          ? t.rich("tooFew", {
              fewest,
              link: (chunks) => (
                <Link href={`/projects/${slug}/judges`} className="text-primary underline underline-offset-4">
                  {chunks}
                </Link>
              ),
            })
          : null}
      </p>
      {dimensions === null || dimensions.length === 0 ? null : <Dimensions dimensions={dimensions} />}
    </Section>
  );
}

function Dimensions({ dimensions }: { dimensions: DimensionFigures[] }) {
  const t = useTranslations("routing.classifier");
  const tFigures = useTranslations("routing.figures");
  const { number, percent } = useNumbers();
  return (
    <Table label={t("figures")} density="compact" stickyHead={false}>
      <THead>
        <TR>
          <TH>{t("dimension")}</TH>
          <TH numeric>{t("right")}</TH>
          <TH numeric>{t("commonest")}</TH>
          <TH numeric>{t("prompts")}</TH>
          <TH>{t("tags")}</TH>
        </TR>
      </THead>
      <TBody>
        {dimensions.map(({ dimension, prompts, accuracy, majority, isWritten }) => (
          <TR key={dimension}>
            <TD className="whitespace-nowrap">{dimension.replaceAll("_", " ")}</TD>
            <TD numeric>
              {accuracy ? percent(accuracy.value, accuracy.interval ?? undefined) : tFigures("notAvailable")}
            </TD>
            <TD numeric>{percent(majority)}</TD>
            <TD numeric>{number(prompts)}</TD>
            <TD className="whitespace-nowrap">{t(isWritten ? "written" : "notWritten")}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
