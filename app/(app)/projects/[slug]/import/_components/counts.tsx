import { formatNumber } from "@/app/_components/ui/numbers";
import type { ImportResult } from "@/lib/datasets/schema";

/** What an import did, or would do. */
export function Counts({
  result,
}: {
  result: Pick<ImportResult, "kind" | "instances" | "labels"> & { faults: { total: number } };
}) {
  const { kind, instances, labels, faults } = result;
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-3 tabular-nums sm:flex sm:flex-wrap [&_dt]:text-[0.8125rem] [&_dt]:text-muted-foreground">
      {kind === "instances" ? (
        <div>
          <dt>Instances</dt>
          <dd>
            {formatNumber(instances.created)} created, {formatNumber(instances.replaced)} replaced,{" "}
            {formatNumber(instances.unchanged)} unchanged
          </dd>
        </div>
      ) : null}
      <div>
        <dt>Labels</dt>
        <dd>
          {formatNumber(labels.created)} created, {formatNumber(labels.revised)} revised,{" "}
          {formatNumber(labels.unchanged)} unchanged
        </dd>
      </div>
      <div>
        <dt>Lines left out</dt>
        <dd>{formatNumber(faults.total)}</dd>
      </div>
    </dl>
  );
}
