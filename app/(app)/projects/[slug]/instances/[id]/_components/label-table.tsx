import { Tags } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatMoney, formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { InstanceResponse } from "@/lib/instances/schema";
import { describeAnnotator, sourceOf } from "../../../_components/label-words";
import { LabelAnswer } from "./label-answer";

/** The current labels of an instance. */
export function LabelTable({ slug, instance }: { slug: string; instance: InstanceResponse }) {
  const labels = instance.labels.filter(({ isCurrent }) => isCurrent);
  const names = instance.completions.map(({ outsideId }) => outsideId);
  if (labels.length === 0) {
    return (
      <EmptyState
        icon={<Tags />}
        title="No labels yet"
        action={
          instance.isLabelable && instance.route !== "lm" ? (
            <Button asChild>
              <Link href={`/projects/${slug}/label`}>Label</Link>
            </Button>
          ) : null
        }
      >
        {wordWaiting(instance)}
      </EmptyState>
    );
  }
  return (
    <Section title="Labels" description="The current answers. Earlier revisions are in the history.">
      <Table label="Labels" stickyHead={false}>
        <THead>
          <TR>
            <TH>From</TH>
            <TH>Question</TH>
            <TH>Aspect</TH>
            <TH>Answer</TH>
            <TH>Shown</TH>
            <TH>Reason</TH>
            <TH numeric>Active time</TH>
            <TH numeric>Cost</TH>
            <TH numeric>Revision</TH>
            <TH>When</TH>
          </TR>
        </THead>
        <TBody>
          {labels.map((label) => (
            <TR key={label.id}>
              <TD>
                <span className="flex items-center gap-2">
                  <Badge variant={sourceOf(label.source).badge}>{sourceOf(label.source).label}</Badge>
                  <span className="max-w-56 truncate">{describeAnnotator(label)}</span>
                </span>
              </TD>
              <TD className="text-muted-foreground">{label.question}</TD>
              <TD className="text-muted-foreground">{label.aspect}</TD>
              <TD className="min-w-40">
                <LabelAnswer label={label} instance={instance} />
                {label.isUnsure ? (
                  <Badge variant="outline" className="mt-1" title="The annotator was not sure of this submission">
                    Unsure
                  </Badge>
                ) : null}
              </TD>
              <TD className="whitespace-nowrap text-muted-foreground">
                {label.shownOrder?.map((index) => names[index] ?? index).join(", ") ??
                  (label.annotator.startsWith("judge:") ? "both orders" : "not known")}
                {label.suggestion ? (
                  <span className="block">
                    saw an AI suggestion, {label.suggestion.taken ? "took it" : "did not take it"}
                  </span>
                ) : null}
              </TD>
              <TD className="max-w-96 min-w-40 whitespace-pre-line text-muted-foreground" dir="auto">
                {label.rationale}
              </TD>
              <TD numeric>{label.activeMs === null ? "" : `${formatNumber(label.activeMs / 1000, 1)}\u202fs`}</TD>
              <TD numeric>{label.costMicros === null ? "" : formatMoney(label.costMicros)}</TD>
              <TD numeric>{label.revision}</TD>
              <TD>
                <RelativeTime value={label.createdAt} className="text-muted-foreground" />
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

function wordWaiting({ isLabelable, route }: InstanceResponse): string {
  if (!isLabelable) return "Annotators cannot be asked about it, but labels of it can be imported.";
  if (route === "lm") return "It waits for a judge: it is routed to AI.";
  if (route === "dual") return "It waits for annotators, who get instances in turn, and for a judge.";
  return "It waits for annotators, who get instances in turn.";
}
