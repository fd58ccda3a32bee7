import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { estimateTokens } from "@/lib/ledger/estimate-tokens";
import { readLimits } from "@/lib/ledger/limits";
import type { LimitView } from "@/lib/ledger/schema";
import { answeredBy, loadComparison, loadSubjects, questionOf, type Comparison } from "../load";
import { pairwisePrompt } from "../pairwise";
import { findJudge } from "../queries";
import { lmConfig, rmConfig, type LmConfig, type RunJudgeInput } from "../schema";
import { countPending, samplePending } from "../select";
import { forecastSeconds, forecastVerdicts, type Expected, type PaidVerdict } from "./figures";
import type { JudgeForecast } from "./schema";

const ordersAsked = 2;
const textsSampled = 100;
const verdictsSampled = 200;
const anyKey = "0".repeat(16);

type Version = { projectId: string; judgeId: string; version: number };

/**
 * What a run with this input would take: verdicts, tokens, money and time, and how that fits under the caps. It starts
 * nothing. Throws `not_found`, and `conflict` where the project asks judges nothing.
 */
export async function forecastRun(
  access: Access<"judge:run">,
  judgeId: string,
  scope: RunJudgeInput,
): Promise<JudgeForecast> {
  const { projectId } = access;
  const { kind, version, current } = await findJudge(prisma, access, judgeId);
  const asked = await loadComparison(projectId);
  const about = { projectId, judgeId, version, kind };
  const config = kind === "lm" ? lmConfig.parse(current.config) : null;
  const comparison = answeredBy(
    config ? { kind: "lm" } : { kind: "rm", config: rmConfig.parse(current.config) },
    asked,
  );
  const instances = await countPending(about, scope, comparison);
  const verdicts = instances * comparison.aspects.length * ordersAsked;
  const estimates = config
    ? await estimateTexts(
        about,
        await samplePending(about, scope, { comparison, limit: textsSampled }),
        comparison,
        config,
      )
    : new Map<string, number>();
  const paid = config ? await readPaid(about, comparison, config) : [];
  const prices = config ?? { inputPriceMicros: 0, outputPriceMicros: 0, maxOutputTokens: 0 };
  const figures = forecastVerdicts(verdicts, { estimates: [...estimates.values()], paid }, prices);
  const { currency } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { currency: true } });
  const limits = await readLimits(projectId, judgeId);
  return {
    ...{ version, currency, instances, ...figures },
    sample: figures.basis === "verdicts" ? paid.length : estimates.size,
    seconds: config === null ? null : forecastSeconds(figures, paid, config),
    caps: limits.map((limit) => ({ ...limit, ...fit(limit, figures.costMicros, verdicts) })),
  };
}

function fit(
  { capMicros, spentMicros, heldMicros }: LimitView,
  { low, expected, high }: Expected,
  verdicts: number,
): Pick<JudgeForecast["caps"][number], "fits" | "verdicts"> {
  const left = Math.max(0, capMicros - spentMicros - heldMicros);
  const fits = high <= left ? "yes" : low > left ? "no" : "perhaps";
  return { fits, verdicts: expected === 0 ? null : Math.min(verdicts, Math.floor((left * verdicts) / expected)) };
}

/** By instance: tokens of the first request of a question about it, by the rule of thumb. */
async function estimateTexts(
  version: Version,
  ids: string[],
  comparison: Comparison,
  { rubric }: LmConfig,
): Promise<Map<string, number>> {
  const aspect = comparison.aspects[0];
  if (!aspect) return new Map();
  const subjects = await loadSubjects(version, ids);
  return new Map(
    subjects.map((subject) => {
      const { shown } = questionOf(subject, comparison, { aspect, isSwapped: false });
      const messages = pairwisePrompt(shown, rubric, anyKey);
      return [subject.instanceId, messages.reduce((sum, { content }) => sum + estimateTokens(content), 0)];
    }),
  );
}

/** What the newest verdicts of this version took. */
async function readPaid(version: Version, comparison: Comparison, config: LmConfig): Promise<PaidVerdict[]> {
  const { projectId, judgeId, version: judgeVersion } = version;
  const rows = await prisma.verdict.findMany({
    where: { projectId, judgeId, judgeVersion, inputTokens: { gt: 0 } },
    select: {
      ...{ instanceId: true, inputTokens: true, outputTokens: true, latencyMs: true, repairs: true },
    },
    orderBy: { createdAt: "desc" },
    take: verdictsSampled,
  });
  const ids = [...new Set(rows.map(({ instanceId }) => instanceId))];
  const estimates = await estimateTexts(version, ids, comparison, config);
  return rows.flatMap(({ instanceId, repairs, ...row }) => {
    const estimatedTokens = estimates.get(instanceId);
    return estimatedTokens === undefined ? [] : [{ ...row, requests: 1 + repairs, estimatedTokens }];
  });
}
