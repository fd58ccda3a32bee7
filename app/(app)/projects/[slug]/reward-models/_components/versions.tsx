import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { RewardModelView } from "@/lib/reward/schema";
import { wordEstimate } from "./words";

/** Every version that was trained, newest first. */
export function Versions({ slug, models }: { slug: string; models: RewardModelView[] }) {
  return (
    <Table label="Versions" stickyHead={false}>
      <THead>
        <TR>
          <TH>Version</TH>
          <TH>State</TH>
          <TH numeric>Right on test pairs</TH>
          <TH numeric>Longer wins</TH>
          <TH numeric>ECE</TH>
          <TH numeric>Train pairs</TH>
          <TH>Trained</TH>
        </TR>
      </THead>
      <TBody>
        {models.map((model) => (
          <TR key={model.id}>
            <TD>
              <Link
                href={`/projects/${slug}/reward-models/${model.id}`}
                className="font-medium whitespace-nowrap hover:underline"
              >
                Version {model.version}
              </Link>
            </TD>
            <TD>
              <span className="flex flex-wrap gap-1">
                <ModelState model={model} />
              </span>
            </TD>
            <TD numeric>{wordEstimate(model.metrics.withSides.accuracy)}</TD>
            <TD numeric>
              {model.metrics.baselines.longerWins ? formatPercent(model.metrics.baselines.longerWins.mean) : "n/a"}
            </TD>
            <TD numeric>{model.metrics.withSides.calibration.error?.toFixed(3) ?? "n/a"}</TD>
            <TD numeric>{formatNumber(model.metrics.train.pairs)}</TD>
            <TD>
              <RelativeTime value={model.createdAt} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** Whether a version serves, served, or was held back, whether it still can, and how sure its figures are. */
export function ModelState({ model }: { model: RewardModelView }) {
  return (
    <>
      {model.isActive ? (
        <Badge variant="teal">Active</Badge>
      ) : model.promotedAt ? (
        <Badge>Served before</Badge>
      ) : (
        <Badge variant="amber">{model.gate.isPassed ? "Not promoted" : "Held back"}</Badge>
      )}
      {model.artifactBytes === null ? <Badge variant="outline">No file</Badge> : null}
      {model.gate.isWeakEvidence ? <Badge variant="outline">Weak evidence</Badge> : null}
    </>
  );
}
