import { useTranslations } from "next-intl";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import type { PolicyApplied, PolicyInput, PolicyPreview } from "@/lib/routing/schema";
import { wordApplied } from "./apply-words";

/** Typing is not asked about letter by letter. */
const settleMs = 250;

/** What a policy would change, asked for anew whenever it changes. */
export function usePreview(slug: string, policy: PolicyInput | null) {
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

/** Applies a policy, as a successor of the one that was looked at. */
export function useApply(slug: string, onError: () => Promise<unknown>) {
  const t = useTranslations("routing.apply");
  const { refresh } = useRouter();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { policy: PolicyInput; basedOn: number }) =>
      api<PolicyApplied>("PUT", `/api/v1/projects/${slug}/routing`, change),
    onSuccess: (applied) => {
      if (applied.result) toast.success(wordApplied(applied, t));
      refresh();
      return refreshList(client, `/api/v1/projects/${slug}/routing/policies`);
    },
    onError,
  });
}
