import { Alert } from "@/app/_components/ui/alert";
import type { PartFailure } from "@/lib/reward/failures/schema";
import { failedPartsAdvice, failedPartWords } from "@/lib/text/failed-part-words";

/** What a version does without, why, and what to do about it. */
export function Failures({ failures }: { failures: readonly PartFailure[] }) {
  if (failures.length === 0) return null;
  return (
    <Alert tone="warning" title={failures.length === 1 ? "A part could not be made" : "Some parts could not be made"}>
      <ul className="my-1 grid gap-1">
        {failures.map(({ part, reason }) => (
          <li key={part}>
            <span className="font-medium">{failedPartWords[part]}.</span> {reason}
          </li>
        ))}
      </ul>
      {failedPartsAdvice}
    </Alert>
  );
}
