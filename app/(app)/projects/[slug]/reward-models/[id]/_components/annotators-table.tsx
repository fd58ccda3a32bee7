import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { AnnotatorAgreement } from "@/lib/reward/evaluation/schema";
import { wordEstimate } from "../../_components/words";

type AnnotatorsTableProps = {
  annotators: AnnotatorAgreement[];
  /** How each is called, by how labels name them. */
  names: Record<string, string>;
};

/** How often the model, and how often other annotators, agree with each annotator. */
export function AnnotatorsTable({ annotators, names }: AnnotatorsTableProps) {
  if (annotators.length === 0) return null;
  return (
    <Section
      title="By annotator"
      description="On the test pairs that each decided, at least five. Where the model agrees much less than the others do, it has not learned this taste."
    >
      <Table label="Agreement with each annotator" density="compact">
        <THead>
          <TR>
            <TH>Annotator</TH>
            <TH numeric>The model agrees</TH>
            <TH numeric>Others agree</TH>
            <TH numeric>Pairs</TH>
          </TR>
        </THead>
        <TBody>
          {annotators.map(({ annotator, source, model, others }) => (
            <TR key={annotator}>
              <TD className="min-w-40 [overflow-wrap:anywhere]">
                {names[annotator] ?? annotator}
                {source === "lm" ? <span className="text-muted-foreground"> (AI)</span> : null}
              </TD>
              <TD numeric>{wordEstimate(model)}</TD>
              <TD numeric>{others ? wordEstimate(others) : "Nobody else labelled them"}</TD>
              <TD numeric>{formatNumber(model.values)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
