import { Alert } from "@/app/_components/ui/alert";
import type { FitReport } from "@/lib/routing/fits/schema";
import type { FitVerdict } from "@/lib/routing/learn/schema";

const titles: Record<FitVerdict["kind"], string> = {
  trusted: "Learned routing can be trusted here",
  "too few": "Too few data to trust learned routing",
  unsystematic: "Learned routing cannot pay here",
  "no better than the share": "Learned routing adds nothing here",
};

/** Whether what was learned may decide, before any figure of it. */
export function Verdict({ report }: { report: FitReport }) {
  const { learned, reason } = report;
  if (!learned) {
    return (
      <Alert tone="warning" title="Nothing was learned">
        {reason} The comparison below has no learned policy.
      </Alert>
    );
  }
  const { kind, sentence } = learned.verdict;
  if (kind === "trusted") {
    return (
      <Alert tone="success" title={titles.trusted}>
        {sentence}
      </Alert>
    );
  }
  return (
    <Alert tone="warning" title={titles[kind]}>
      {sentence} The learned policies cannot be applied. What is shown of them below is not to be relied on.
    </Alert>
  );
}

/** The verdict in one or two words, for a list. */
export function wordVerdict({ learned }: FitReport): string {
  return learned === null ? "nothing learned" : learned.verdict.kind;
}

export function isTrusted({ learned }: FitReport): boolean {
  return learned?.verdict.kind === "trusted";
}
