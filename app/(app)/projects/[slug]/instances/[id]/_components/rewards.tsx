import { Badge } from "@/app/_components/ui/badge";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { InstanceResponse } from "@/lib/instances/schema";
import { sourceOf } from "../../../_components/label-words";

/** What the reward model says of each completion. */
export function Rewards({ instance: { rewards, completions } }: { instance: InstanceResponse }) {
  if (rewards.length === 0) return null;
  const best = Math.max(...rewards.map(({ reward }) => reward));
  return (
    <Section
      title="Rewards"
      description="Scores of the promoted reward model in logits, higher is better; only differences between the completions mean something. They are no labels and never enter a consensus or training."
    >
      <Table label="Rewards" stickyHead={false}>
        <THead>
          <TR>
            <TH>Completion</TH>
            <TH>From</TH>
            <TH numeric>Reward</TH>
            <TH numeric>With length and format</TH>
            <TH numeric>Members</TH>
          </TR>
        </THead>
        <TBody>
          {rewards.map(({ index, modelVersion, reward, rewardWithSides, members }) => (
            <TR key={index}>
              <TD className="font-mono text-xs">{completions[index]?.outsideId ?? index}</TD>
              <TD>
                <span className="flex items-center gap-2">
                  <Badge variant={sourceOf("rm").badge}>{sourceOf("rm").label}</Badge>version {modelVersion}
                </span>
              </TD>
              <TD numeric className={reward === best ? "font-medium" : undefined}>
                {formatNumber(reward, 3)}
              </TD>
              <TD numeric>{formatNumber(rewardWithSides, 3)}</TD>
              <TD numeric className="text-muted-foreground">
                {members.map((member) => formatNumber(member, 2)).join("  ")}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
