"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { listQuery } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import type { PolicyList, PolicyView } from "@/lib/routing/schema";

/** Every version of the policy, newest first. */
export function PolicyHistory({ slug, firstPage }: { slug: string; firstPage: PolicyList }) {
  const policies = useInfiniteQuery(listQuery<PolicyView>(`/api/v1/projects/${slug}/routing/policies`, firstPage));
  return (
    <Section title="Policy history">
      <ol className="grid" aria-label="Policy history">
        {policies.data?.map((view) => (
          <li key={view.version} className="grid gap-0.5 border-b py-2.5 first:border-t">
            <p>
              <span className="font-medium">Policy {view.version}</span>{" "}
              <span className="text-muted-foreground">
                {wordOrigin(view)}, <RelativeTime value={view.createdAt} />
              </span>
            </p>
            <p className="max-w-[90ch] text-muted-foreground">
              {view.sentence} Weight of an AI&rsquo;s vote {view.policy.lmWeight}, seed {view.policy.seed}.
              {wordCut(view)}
            </p>
          </li>
        ))}
      </ol>
      <ShowMore query={policies} />
    </Section>
  );
}

function wordOrigin({ version, createdBy }: PolicyView): string {
  if (version === 1) return "came with the project";
  return createdBy === null ? "after new scores, or from the command line" : `by ${createdBy}`;
}

function wordCut({ policy }: PolicyView): string {
  if (policy.kind !== "uncertainty") return "";
  if (policy.threshold === null) return " Nothing was scored then.";
  return ` The cut is a disagreement of ${policy.threshold.score.toPrecision(3)}, by reward model ${policy.modelVersion}.`;
}
