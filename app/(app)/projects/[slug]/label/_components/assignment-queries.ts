import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "@/app/_components/api-client";
import type { Translate } from "@/app/i18n/translate";
import type { ProgressDaysResponse, ProgressResponse } from "@/lib/assignments/schema";
import { callsOf } from "./calls";

/** The project that is labelled, and who opened its page. */
export type LabelledProject = { slug: string; projectId: string; userId: string };

export function progressQuery({ slug, userId }: LabelledProject, initialData: ProgressResponse) {
  return queryOptions({
    queryKey: ["assignments", slug, "progress"],
    queryFn: ({ signal }) =>
      api<ProgressResponse>("GET", `/api/v1/projects/${slug}/assignments/progress`, undefined, {
        signal,
        openedBy: userId,
      }),
    initialData,
    refetchInterval: 60_000,
  });
}

/** Asked again after every submission of today. */
export function progressDaysQuery({ slug, userId }: LabelledProject, submittedToday: number) {
  return queryOptions({
    queryKey: ["assignments", slug, "progress-days", submittedToday],
    queryFn: ({ signal }) =>
      api<ProgressDaysResponse>("GET", `/api/v1/projects/${slug}/assignments/progress/days`, undefined, {
        signal,
        openedBy: userId,
      }),
    staleTime: 0,
  });
}

export function historyKey(slug: string) {
  return ["assignments", slug, "history"];
}

export function historyQuery(project: LabelledProject, t: Translate<"label">) {
  return infiniteQueryOptions({
    queryKey: historyKey(project.slug),
    queryFn: ({ pageParam }) => callsOf(project, t).history({ limit: 30, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
}
