import { queryOptions } from "@tanstack/react-query";

import { api } from "@/app/_components/api-client";
import type { JudgeReport } from "@/lib/judges/schema";

/** What a judge has done, as it stands. */
export function reportQuery(slug: string, judgeId: string, initialData: JudgeReport) {
  return queryOptions({
    queryKey: reportKey(slug, judgeId),
    queryFn: ({ signal }) =>
      api<JudgeReport>("GET", `/api/v1/projects/${slug}/judges/${judgeId}/report`, undefined, { signal }),
    initialData,
  });
}

export function reportKey(slug: string, judgeId: string) {
  return ["projects", slug, "judges", judgeId, "report"];
}
