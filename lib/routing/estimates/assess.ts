import { prisma } from "@/lib/db/client";
import { comparedAspect } from "@/lib/reward/compared-aspect";
import { escalates, escalationsOf } from "../escalation";
import { joinAi, type DualUnit } from "../fits/dual-units";
import type { Policy } from "../schema";
import { agreementOf, type Agreement } from "./agreement";
import { isPair } from "./checks";
import { loadLabelled } from "./load-labelled";
import { loadRouted, type RoutedRow, type Routing } from "./load-routed";

/** A drawn instance that people and AI have labelled. */
export type AssessedInstance = {
  row: RoutedRow;
  /** The number of its prompt. */
  group: number;
  at: Date;
  units: DualUnit[];
  agreement: Agreement;
  /** Whether its policy lets AI's label stand where it goes to AI. */
  stands: boolean;
};

export type Assessed = Routing & { drawn: AssessedInstance[]; groupOf: (promptHash: string) => number };

/** What was drawn for people and AI in a project and labelled by both, beside everything that might have been drawn. */
export async function loadAssessed(projectId: string): Promise<Assessed> {
  const [routing, compared] = await Promise.all([loadRouted(projectId), comparedAspect(prisma, projectId)]);
  const groups = new Map<string, number>();
  const groupOf = (promptHash: string): number => {
    const known = groups.get(promptHash) ?? groups.size;
    groups.set(promptHash, known);
    return known;
  };
  const rows = new Map(routing.rows.flatMap((row) => (row.route === "dual" ? [[row.id, row]] : [])));
  const labelled = compared === null ? [] : await loadLabelled(projectId, compared, [...rows.keys()]);
  const drawn = labelled.flatMap(({ id, at, units }): AssessedInstance[] => {
    const row = rows.get(id)!;
    const agreement = agreementOf(units.map((unit) => ({ ...unit, ai: joinAi(unit.ai, isPair(unit)).label })));
    const stands = standsWithAi(routing.policies.get(row.version)!, units);
    return agreement === null ? [] : [{ row, at, units, agreement, stands, group: groupOf(row.promptHash) }];
  });
  return { ...routing, drawn, groupOf };
}

/** Whether the policy would leave an instance with AI after what judges said of all that is asked about it. */
function standsWithAi(policy: Policy, units: readonly DualUnit[]): boolean {
  if (!escalates(policy)) return true;
  return units.every(({ ai }) => {
    const said = ai.map(({ annotator, confidence }) => ({
      judge: annotator,
      label: { confidence, isInconsistent: false },
    }));
    return escalationsOf(policy, 0, said).at(-1)?.route !== "human";
  });
}
