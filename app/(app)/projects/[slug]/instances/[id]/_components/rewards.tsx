import { useTranslations } from "next-intl";
import { Badge } from "@/app/_components/ui/badge";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { InstanceResponse } from "@/lib/instances/schema";
import { nameCompletions } from "../../../_components/completion-names";
import { sourceOf } from "../../../_components/label-words";

/** What the reward model says of each completion. */
export function Rewards({ instance: { rewards, completions } }: { instance: InstanceResponse }) {
  const t = useTranslations("instances.rewards");
  const sourceNames = useTranslations("projects.sources");
  const labelWords = useTranslations("projects.labels");
  const { number } = useNumbers();
  const name = nameCompletions(
    completions.map(({ outsideId }) => outsideId),
    labelWords,
  );
  if (rewards.length === 0) return null;
  const best = Math.max(...rewards.map(({ reward }) => reward));
  return (
    <Section title={t("title")} description={t("description")}>
      <Table label={t("title")} stickyHead={false}>
        <THead>
          <TR>
            <TH>{t("completion")}</TH>
            <TH>{t("from")}</TH>
            <TH numeric>{t("reward")}</TH>
            <TH numeric>{t("withSides")}</TH>
            <TH numeric>{t("members")}</TH>
          </TR>
        </THead>
        <TBody>
          {rewards.map(({ index, modelVersion, reward, rewardWithSides, members }) => (
            <TR key={index}>
              <TD className="max-w-64 min-w-24 break-words">{name(index)}</TD>
              <TD>
                <span className="flex items-center gap-2">
                  <Badge variant={sourceOf("rm").badge}>{sourceNames("rm")}</Badge>
                  {t("version", { version: modelVersion })}
                </span>
              </TD>
              <TD numeric className={reward === best ? "font-medium" : undefined}>
                {number(reward, 3)}
              </TD>
              <TD numeric>{number(rewardWithSides, 3)}</TD>
              <TD numeric className="text-muted-foreground">
                {members.map((member) => number(member, 2)).join("  ")}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
