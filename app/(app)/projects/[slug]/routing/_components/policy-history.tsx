"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { listQuery } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import type { PolicyList, PolicyView } from "@/lib/routing/schema";
import { GoBackButton } from "./go-back-button";

type PolicyHistoryProps = { slug: string; firstPage: PolicyList; current: number; canManage: boolean };

/** Every version of the policy, newest first, with the means to go back to it. */
export function PolicyHistory({ slug, firstPage, current, canManage }: PolicyHistoryProps) {
  const policies = useInfiniteQuery(listQuery<PolicyView>(`/api/v1/projects/${slug}/routing/policies`, firstPage));
  return (
    <Section title="Policy history">
      <ol className="grid" aria-label="Policy history">
        {policies.data?.map((view) => (
          <li
            key={view.version}
            className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b py-2.5 first:border-t"
          >
            <div className="grid min-w-0 gap-0.5">
              <p>
                <span className="font-medium">Policy {view.version}</span>{" "}
                <span className="text-muted-foreground">
                  {wordOrigin(view)}, <RelativeTime value={view.createdAt} />
                </span>
              </p>
              <p className="max-w-[90ch] text-muted-foreground">
                {view.cause} {view.sentence} Weight of an AI&rsquo;s vote {view.policy.lmWeight}, seed{" "}
                {view.policy.seed}.{wordCut(view)}
              </p>
            </div>
            {canManage && view.version !== current ? <GoBackButton slug={slug} view={view} current={current} /> : null}
          </li>
        ))}
      </ol>
      <ShowMore query={policies} />
    </Section>
  );
}

function wordOrigin({ version, createdBy, cause }: PolicyView): string {
  if (version === 1) return "came with the project";
  if (createdBy !== null) return `by ${createdBy}`;
  return cause === null ? "from the command line" : "by itself";
}

/** What a policy goes by besides what its sentence says. */
function wordCut({ policy }: PolicyView): string {
  const fit = "fitVersion" in policy ? ` It goes by fit ${policy.fitVersion}.` : "";
  if ("cuts" in policy) return `${fit} ${policy.cuts.map(wordJudgeCut).join(" ")}`;
  if (!("threshold" in policy)) return "";
  if (policy.threshold === null) return `${fit} Nothing was scored then.`;
  const cut = policy.threshold.score.toPrecision(3);
  return policy.kind === "uncertainty"
    ? ` The cut is a disagreement of ${cut}, by reward model ${policy.modelVersion}.`
    : `${fit} The cut is a gain of ${cut}.`;
}

function wordJudgeCut({ judge, confidence }: { judge: string; confidence: number | null }): string {
  const version = /@(\d+)$/.exec(judge)?.[1];
  const who = version === undefined ? judge : `A judge’s version ${version}`;
  return confidence === null
    ? `${who} keeps nothing: no confidence keeps the promise.`
    : `${who} keeps what it is sure of by ${confidence.toPrecision(3)} or more.`;
}
