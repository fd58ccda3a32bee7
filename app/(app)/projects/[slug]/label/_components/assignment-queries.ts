import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "@/app/_components/api-client";
import type { ProgressDaysResponse, ProgressResponse } from "@/lib/assignments/schema";
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

/** Asked again after every submission of today. */
export function progressDaysQuery(slug: string, submittedToday: number) {
  return queryOptions({
    queryKey: ["assignments", slug, "progress-days", submittedToday],
    queryFn: ({ signal }) =>
      api<ProgressDaysResponse>("GET", `/api/v1/projects/${slug}/assignments/progress/days`, undefined, { signal }),
    staleTime: 0,
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
