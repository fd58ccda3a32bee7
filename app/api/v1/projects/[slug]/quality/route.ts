import { endpoint } from "@/app/api/endpoint";
import { measureAgreement } from "@/lib/quality/agreement";
import { qualityResponse } from "@/lib/quality/schema";

export const GET = endpoint(
  {
    summary: "Measure the percent agreement between people, and of people with judges, on each aspect",
    audience: "quality:read",
    response: qualityResponse,
  },
  ({ access }) => measureAgreement(access),
);
