import { useTranslations } from "next-intl";
import { Alert } from "@/app/_components/ui/alert";
import type { PartFailure } from "@/lib/reward/failures/schema";

/** What a version does without, why, and what to do about it. */
export function Failures({ failures }: { failures: readonly PartFailure[] }) {
  const t = useTranslations("rewardModels");
  if (failures.length === 0) return null;
  return (
    <Alert tone="warning" title={t("failures.title", { count: failures.length })}>
      <ul className="my-1 grid gap-1">
        {failures.map(({ part, reason }) => (
          <li key={part}>
            {t.rich("failures.failure", {
              b: (chunks) => <span className="font-medium">{chunks}</span>,
              part: t(`failures.parts.${part}`),
              reason,
            })}
          </li>
        ))}
      </ul>
      {t("failures.advice")}
    </Alert>
  );
}
