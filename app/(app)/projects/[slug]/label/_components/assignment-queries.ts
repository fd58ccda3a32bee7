import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "@/app/_components/api-client";
import type { ProgressResponse } from "@/lib/assignments/schema";
import { callsOf } from "./calls";

export function progressQuery(slug: string, initialData: ProgressResponse) {
  return queryOptions({
    queryKey: ["assignments", slug, "progress"],
    queryFn: ({ signal }) =>
      api<ProgressResponse>("GET", `/api/v1/projects/${slug}/assignments/progress`, undefined, { signal }),
    initialData,
    refetchInterval: 60_000,
  });
}

export function historyKey(slug: string) {
  return ["assignments", slug, "history"];
}

export function historyQuery(slug: string) {
  return infiniteQueryOptions({
    queryKey: historyKey(slug),
    queryFn: ({ pageParam }) => callsOf(slug).history({ limit: 30, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
}
