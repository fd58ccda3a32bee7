import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { estimateTokens } from "@/lib/ledger/estimate-tokens";
import { readLimits } from "@/lib/ledger/limits";
import type { LimitView } from "@/lib/ledger/schema";
import type { LabelTypeName } from "@/lib/labels/schema";
import { readAskedChances } from "../asked-shares";
import { findDemonstrations } from "../demonstrations";
import { askKey, keyOfAsk, keyOfUnit, loadSubjects, questionOf } from "../load";
import { messagesOf } from "../pay";
import { loadPlan, requireQuestions, type Configured, type Plan } from "../plan";
import { findJudge } from "../queries";
import { lmConfig, rmConfig, type LmConfig, type RunJudgeInput } from "../schema";
import { countPending, samplePending } from "../select";
import { unitsOf } from "../units";
import { forecastSeconds, forecastVerdicts, sumFigures, type Expected, type PaidVerdict } from "./figures";
import type { JudgeForecast } from "./schema";

const instancesSampled = 60;
const verdictsSampled = 200;

type Version = { projectId: string; judgeId: string; version: number };

/** One question to come, or one that was asked: what it is about, its key, and its tokens by the rule of thumb. */
type Estimate = {
  type: LabelTypeName;
  instanceId: string;
  question: string;
  aspect: string;
  key: string;
  isOpen: boolean;
  tokens: number;
};

/**
 * What a run with this input would take: verdicts, tokens, money and time, and how that fits under the caps. A question
 * with a condition counts as often as it was asked so far, unless what the judge has answered settles it. It starts
 * nothing. Throws `not_found`, and `conflict` where the project asks the judge nothing.
 */
export async function forecastRun(
  access: Access<"judge:run">,
  judgeId: string,
  scope: RunJudgeInput,
): Promise<JudgeForecast> {
  const { projectId } = access;
  const { name, kind, version, current } = await findJudge(prisma, access, judgeId);
  const judge: Configured =
    kind === "lm" ? { kind, config: lmConfig.parse(current.config) } : { kind, config: rmConfig.parse(current.config) };
  const plan = await loadPlan(projectId, judge);
  requireQuestions(name, judge, plan);
  const about = { projectId, judgeId, version, kind };
  const instances = await countPending(about, scope, plan);
  const limits = await readLimits(projectId, judgeId);
  const { currency } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { currency: true } });
  const ids = await samplePending(about, scope, { plan, limit: instancesSampled });
  // A reward model is asked as often, and costs nothing.
  const config = judge.kind === "lm" ? judge.config : freeConfig;
  const open = (await estimate(about, plan, config, ids)).filter(({ isOpen }) => isOpen);
  const chanceOf = await readAskedChances(about, plan, open);
  const paid = judge.kind === "lm" ? await readPaid(about, plan, config) : [];
  const types = [...new Set(open.map(({ type }) => type))].map((type) => {
    const own = open.filter((one) => one.type === type);
    const asked = own.reduce((sum, one) => sum + chanceOf(one), 0);
    const verdicts = Math.round((asked * instances) / ids.length);
    const seen = paid.filter((one) => one.type === type);
    const figures = forecastVerdicts(verdicts, { estimates: own.map(({ tokens }) => tokens), paid: seen }, config);
    return { type, ...figures, sample: figures.basis === "verdicts" ? seen.length : own.length };
  });
  const total = sumFigures(types);
  return {
    ...{ version, currency, instances, ...total, types },
    sample: types.reduce((sum, { sample }) => sum + sample, 0),
    seconds: judge.kind === "rm" ? null : forecastSeconds(total, paid, config),
    caps: limits.map((limit) => ({ ...limit, ...fit(limit, total.costMicros, total.verdicts) })),
  };
}

const freeConfig = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "reward model", rubric: "none" });

function fit(
  { capMicros, spentMicros, heldMicros }: LimitView,
  { low, expected, high }: Expected,
  verdicts: number,
): Pick<JudgeForecast["caps"][number], "fits" | "verdicts"> {
  const left = Math.max(0, capMicros - spentMicros - heldMicros);
  const fits = high <= left ? "yes" : low > left ? "no" : "perhaps";
  return { fits, verdicts: expected === 0 ? null : Math.min(verdicts, Math.floor((left * verdicts) / expected)) };
}

/** All that a version is asked about instances. */
async function estimate(version: Version, plan: Plan, config: LmConfig, ids: string[]): Promise<Estimate[]> {
  const subjects = await loadSubjects(version, plan, ids);
  const demonstrate = await findDemonstrations({ ...version, config }, plan);
  const { usesReference } = plan;
  return subjects.flatMap((subject) =>
    unitsOf({ ...subject, completions: subject.completions.length }, plan).flatMap((unit) => {
      const demonstrations = demonstrate(subject, unit);
      return unit.asks.map((ask) => {
        const messages = messagesOf(questionOf(subject, unit, { ask, usesReference, demonstrations }), config);
        const key = keyOfAsk(unit, ask);
        return {
          ...{ type: unit.question.type, question: unit.question.id, aspect: unit.aspect.id },
          ...{ instanceId: subject.instanceId, key: `${subject.instanceId} ${key}` },
          isOpen: !subject.verdicts.has(key) && !subject.labelled.has(keyOfUnit(unit)),
          tokens: messages.reduce((sum, { content }) => sum + estimateTokens(content), 0),
        };
      });
    }),
  );
}

/** What the newest verdicts of this version took. */
async function readPaid(
  version: Version,
  plan: Plan,
  config: LmConfig,
): Promise<(PaidVerdict & { type: LabelTypeName })[]> {
  const { projectId, judgeId, version: judgeVersion } = version;
  const rows = await prisma.verdict.findMany({
    where: { projectId, judgeId, judgeVersion, inputTokens: { gt: 0 } },
    select: {
      ...{ instanceId: true, question: true, aspect: true, target: true, shownOrder: true, sample: true },
      ...{ inputTokens: true, outputTokens: true, latencyMs: true, repairs: true },
    },
    orderBy: { createdAt: "desc" },
    take: verdictsSampled,
  });
  const asked = await estimate(version, plan, config, [...new Set(rows.map(({ instanceId }) => instanceId))]);
  const byKey = new Map(asked.map((one) => [one.key, one]));
  return rows.flatMap(({ inputTokens, outputTokens, latencyMs, repairs, ...row }) => {
    const one = byKey.get(`${row.instanceId} ${askKey(row)}`);
    if (!one) return [];
    const { type, tokens: estimatedTokens } = one;
    return [{ type, inputTokens, outputTokens, latencyMs, requests: 1 + repairs, estimatedTokens }];
  });
}
