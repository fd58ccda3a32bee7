import { useTranslations } from "next-intl";
import { Section } from "@/app/_components/ui/page";
import type { ConsensusView, InstanceResponse } from "@/lib/instances/schema";
import type { Question } from "@/lib/projects/schema";
import { ConsensusPair } from "./consensus-pair";
import { ConsensusSpans } from "./consensus-spans";
import { ConsensusSteps } from "./consensus-steps";
import { ConsensusTable } from "./consensus-table";

type ConsensusListProps = {
  instance: InstanceResponse;
  /** What the task schema asks now. */
  questions: readonly Question[];
};

/** What the labels of people and judges come to, question by question. */
export function ConsensusList({ instance, questions }: ConsensusListProps) {
  const t = useTranslations("instances.consensus");
  const { consensus, completions } = instance;
  if (consensus.length === 0) return null;
  const ids = completions.map(({ outsideId }) => outsideId);
  const questionOf = ({ question, type }: ConsensusView) =>
    questions.find((one) => one.id === question && one.type === type);
  const pairs = consensus.filter((one) => one.type === "comparison");
  const inTable = consensus.filter((one) => one.type === "ranking" || one.type === "rating" || one.type === "binary");
  return (
    <Section title={t("title")} description={t("description")}>
      {pairs.length > 0 ? (
        <ul className="grid grid-cols-1 gap-4 md:grid-cols-2">
          {pairs.map((one) => (
            <li key={keyOf(one)}>
              <ConsensusPair consensus={one} ids={ids} question={questionOf(one)} />
            </li>
          ))}
        </ul>
      ) : null}
      {inTable.length > 0 ? <ConsensusTable rows={inTable} ids={ids} questionOf={questionOf} /> : null}
      {consensus.map((one) =>
        one.type === "spans" ? (
          <ConsensusSpans key={keyOf(one)} consensus={one} instance={instance} question={questionOf(one)} />
        ) : one.type === "steps" ? (
          <ConsensusSteps key={keyOf(one)} consensus={one} completions={completions} question={questionOf(one)} />
        ) : null,
      )}
    </Section>
  );
}

function keyOf({ question, type, aspect, target }: ConsensusView): string {
  return JSON.stringify([question, type, aspect, target]);
}
