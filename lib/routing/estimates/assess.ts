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
  /** How right AI's label is that its policy lets stand where it goes to AI; null where it goes on to people. */
  leftToAi: number | null;
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
    const agreement = agreementWith(units);
    if (agreement === null) return [];
    const standing = standingOf(routing.policies.get(row.version)!, units);
    const leftToAi = standing && (standing === units ? agreement : agreementWith(standing))!.ai;
    return [{ row, at, units, agreement, leftToAi, group: groupOf(row.promptHash) }];
  });
  return { ...routing, drawn, groupOf };
}

function agreementWith(units: readonly DualUnit[]): Agreement | null {
  return agreementOf(units.map((unit) => ({ ...unit, ai: joinAi(unit.ai, isPair(unit)).label })));
}

/**
 * The labels of AI that a policy would let stand, after what judges said of all that is asked about an instance: those of
 * one judge in a cascade, else all. Null where the instance goes on to people.
 */
function standingOf(policy: Policy, units: readonly DualUnit[]): readonly DualUnit[] | null {
  if (!escalates(policy)) return units;
  const sentOn = units.map(({ ai }) => {
    const said = ai.map(({ annotator, confidence }) => ({
      judge: annotator,
      label: { confidence, isInconsistent: false },
    }));
    return escalationsOf(policy, 0, said);
  });
  if (sentOn.some((made) => made.at(-1)?.route === "human")) return null;
  if (policy.kind === "confidence") return units;
  return units.map((unit, place) => {
    const { judge } = policy.cuts[sentOn[place]!.length === 0 ? 0 : 1]!;
    const ai = unit.ai.filter(({ annotator }) => annotator === judge);
    return ai.length === 0 ? unit : { ...unit, ai };
  });
}
