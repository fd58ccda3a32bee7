import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ImportResult } from "@/lib/datasets/schema";

/** What an import did, or would do. */
export function Counts({
  result,
}: {
  result: Pick<ImportResult, "kind" | "instances" | "labels"> & { faults: { total: number } };
}) {
  const t = useTranslations("datasets.import.counts");
  const { number } = useNumbers();
  const { kind, instances, labels, faults } = result;
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-3 tabular-nums sm:flex sm:flex-wrap [&_dt]:text-[0.8125rem] [&_dt]:text-muted-foreground">
      {kind === "instances" ? (
        <div>
          <dt>{t("instances")}</dt>
          <dd>{t("ofInstances", instances)}</dd>
        </div>
      ) : null}
      <div>
        <dt>{t("labels")}</dt>
        <dd>{t("ofLabels", labels)}</dd>
      </div>
      <div>
        <dt>{t("leftOut")}</dt>
        <dd>{number(faults.total)}</dd>
      </div>
    </dl>
  );
}
