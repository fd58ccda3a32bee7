"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ClassifierState, DimensionFigures } from "@/lib/routing/features/classifier/schema";

type TagClassifierProps = { slug: string; first: ClassifierState; canManage: boolean };

/** What instances ask, by a classifier that learned it from those that have tags, with the means to start it. */
export function TagClassifier({ slug, first, canManage }: TagClassifierProps) {
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
      toast.success("The classifier learns");
      await refresh();
    },
  });
  const { prompts, fewest, tagged, untagged, dimensions, runId } = data;
  return (
    <Section
      title="Tags"
      description="What instances ask: subject, expertise, open-endedness, safety and more, told by an LM judge or an import. A classifier can learn it from the tagged prompts and tag the rest; tags of an LM stay."
      actions={
        canManage && prompts >= fewest && untagged > 0 ? (
          <ConfirmDialog
            trigger={<Button>Train tag classifier</Button>}
            title="Train the tag classifier?"
            description={`It learns from ${formatNumber(prompts)} tagged prompts and tags ${formatNumber(untagged)} ${untagged === 1 ? "instance" : "instances"} without tags, in the dimensions in which it is better than always naming the commonest value.`}
            confirmLabel="Train it"
            onConfirm={async () => void (await start.mutateAsync())}
          />
        ) : null
      }
    >
      {runId === null ? null : <RunProgress key={runId} slug={slug} runId={runId} onDone={() => void refresh()} />}
      <p className="text-muted-foreground tabular-nums">
        {formatNumber(prompts)} {prompts === 1 ? "prompt has" : "prompts have"} tags by others, {formatNumber(tagged)}{" "}
        {tagged === 1 ? "instance has" : "instances have"} the classifier’s, {formatNumber(untagged)}{" "}
        {untagged === 1 ? "has" : "have"} none.{" "}
        {prompts < fewest ? (
          <>
            A classifier needs {fewest} tagged prompts.{" "}
            <Link href={`/projects/${slug}/judges`} className="text-primary underline underline-offset-4">
              A judge can tag some
            </Link>
            .
          </>
        ) : null}
      </p>
      {dimensions === null || dimensions.length === 0 ? null : <Dimensions dimensions={dimensions} />}
    </Section>
  );
}

function Dimensions({ dimensions }: { dimensions: DimensionFigures[] }) {
  return (
    <Table label="How well the classifier tags" density="compact" stickyHead={false}>
      <THead>
        <TR>
          <TH>Dimension</TH>
          <TH numeric>Right, cross-validated</TH>
          <TH numeric>Commonest value</TH>
          <TH numeric>Prompts</TH>
          <TH>Its tags</TH>
        </TR>
      </THead>
      <TBody>
        {dimensions.map(({ dimension, prompts, accuracy, majority, isWritten }) => (
          <TR key={dimension}>
            <TD className="whitespace-nowrap">{dimension.replaceAll("_", " ")}</TD>
            <TD numeric>{accuracy ? formatPercent(accuracy.value, accuracy.interval ?? undefined) : "n/a"}</TD>
            <TD numeric>{formatPercent(majority)}</TD>
            <TD numeric>{formatNumber(prompts)}</TD>
            <TD className="whitespace-nowrap">{isWritten ? "written" : "not written: no better"}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
