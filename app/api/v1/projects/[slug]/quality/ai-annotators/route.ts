import { endpoint } from "@/app/api/endpoint";
import { importedAnnotators } from "@/lib/judges/report/schema";
import { startReports } from "@/lib/judges/report/start";
import { listImportedAnnotators } from "@/lib/judges/report/stored";
import { startedRun } from "@/lib/judges/schema";

export const GET = endpoint(
  {
    summary: "List the AI annotators whose labels were imported",
    audience: "quality:read",
    response: importedAnnotators,
  },
  ({ access }) => listImportedAnnotators(access),
);

export const POST = endpoint(
  {
    summary: "Bring the reports on all judges and imported AI annotators up to date; a run does it",
    audience: "judge:run",
    response: startedRun,
    status: 202,
  },
  ({ access }) => startReports(access),
);
