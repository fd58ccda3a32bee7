import { endpoint } from "@/app/api/endpoint";
import { importedAnnotatorQuery, storedReport } from "@/lib/judges/report/schema";
import { getImportedAgreement } from "@/lib/judges/report/stored";

export const GET = endpoint(
  {
    summary: "Get how an AI annotator whose labels were imported compares with people, as last computed",
    audience: "quality:read",
    query: importedAnnotatorQuery,
    response: storedReport,
  },
  ({ access, query }) => getImportedAgreement(access, query),
);
