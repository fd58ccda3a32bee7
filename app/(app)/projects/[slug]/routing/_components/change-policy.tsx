"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { formatNumber } from "@/app/_components/ui/number";
import { Section } from "@/app/_components/ui/page";
import type { PolicyApplied, PolicyInput, PolicyPreview, RoutingView } from "@/lib/routing/schema";
import { PolicyFields } from "./policy-fields";
import { faultsOf, inputOf, valuesOf } from "./policy-values";
import { Preview } from "./preview";
import { routeLooks } from "./words";

/** Typing is not asked about letter by letter. */
const settleMs = 250;

/** A form for the next policy, with what it would change beside it. */
export function ChangePolicy({ slug, routing }: { slug: string; routing: RoutingView }) {
  const router = useRouter();
  const client = useQueryClient();
  const [values, setValues] = useState(() => valuesOf(routing.current.policy));
  const faults = faultsOf(values);
  const input = Object.keys(faults).length === 0 ? inputOf(values) : null;
  const preview = usePreview(slug, input);
  const apply = useMutation({
    mutationFn: ({ policy, basedOn }: { policy: PolicyInput; basedOn: number }) =>
      api<PolicyApplied>("PUT", `/api/v1/projects/${slug}/routing`, { policy, basedOn }),
    onSuccess: (applied) => {
      if (applied.result) toast.success(wordApplied(applied));
      router.refresh();
      return refreshList(client, `/api/v1/projects/${slug}/routing/policies`);
    },
    // Somebody may have applied another policy, or labelled: look again.
    onError: () => preview.refetch(),
  });
  // Of other values than those in the form it says nothing.
  const shown = preview.isPlaceholderData ? undefined : preview.data;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (input && shown) apply.mutate({ policy: input, basedOn: shown.basedOn });
  }

  return (
    <Section
      title="Change the policy"
      description="It decides about every new instance, and about those that nobody has labelled or holds. What is labelled keeps its route."
    >
      <form noValidate onSubmit={submit} className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <PolicyFields values={values} faults={faults} onChange={(change) => setValues({ ...values, ...change })} />
        <div className="grid grid-cols-1 content-start gap-4 rounded-lg border p-4">
          {preview.error && !preview.isFetching ? <Alert tone="danger">{preview.error.message}</Alert> : null}
          {input === null ? (
            <p className="text-muted-foreground">Correct the fields to see what would change.</p>
          ) : (
            <Preview preview={preview.data} isPending={shown === undefined} />
          )}
          {shown?.sentence === routing.current.sentence && shown.changed > 0 && shown.reweighed === 0 ? (
            <p className="text-[0.8125rem] text-muted-foreground">
              Shares and kind are those of the current policy. Applied again it draws anew, by the scores of today.
            </p>
          ) : null}
          {apply.error ? <Alert tone="danger">{apply.error.message}</Alert> : null}
          <Button
            type="submit"
            variant="primary"
            className="h-auto min-h-8 justify-self-start py-1 whitespace-normal"
            disabled={shown === undefined || input === null}
            pending={apply.isPending}
          >
            {input === null || shown === undefined ? "Apply" : wordButton(shown)}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function usePreview(slug: string, policy: PolicyInput | null) {
  return useQuery({
    queryKey: ["projects", slug, "routing", "preview", policy],
    enabled: policy !== null,
    // Draws and counts change with every policy, label and lease.
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      signal.throwIfAborted();
      return await api<PolicyPreview>("POST", `/api/v1/projects/${slug}/routing/preview`, { policy }, { signal });
    },
  });
}

/** What the button does: "Apply: move 312 instances to AI and 40 to both". */
function wordButton({ moves, reweighed, isEstimate }: PolicyPreview): string {
  const about = isEstimate ? "about " : "";
  const to = (["human", "lm", "dual"] as const)
    .map((route) => ({ route, count: moves.reduce((sum, move) => sum + (move.to === route ? move.instances : 0), 0) }))
    .filter(({ count }) => count > 0);
  const moved = to.map(({ route, count }, place) => {
    const what = place > 0 ? "" : count === 1 ? " instance" : " instances";
    return `${about}${formatNumber(count)}${what} to ${routeLooks[route].to}`;
  });
  const parts = [
    ...(moved.length > 0 ? [`move ${listWords(moved)}`] : []),
    ...(reweighed > 0 ? [`recompute ${formatNumber(reweighed)} ${reweighed === 1 ? "consensus" : "consensuses"}`] : []),
  ];
  return parts.length > 0 ? `Apply: ${parts.join(", ")}` : "Apply: only new instances are concerned";
}

function wordApplied({ version, result }: PolicyApplied): string {
  const changed = result?.changed ?? 0;
  return `Policy ${version} applies. ${formatNumber(changed)} ${changed === 1 ? "instance goes" : "instances go"} elsewhere.`;
}

function listWords(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
