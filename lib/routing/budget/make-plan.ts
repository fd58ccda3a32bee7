import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { readFit } from "../fits/read-fit";
import { countOpenImages } from "../open-instances";
import { currentPolicy } from "../policy";
import { planBudget } from "./plan-budget";
import { readPrices } from "./prices";
import type { Plan, PlanInput } from "./schema";

/**
 * What share of a policy a budget pays for, or a quality needs, and what that buys; nothing is stored. It goes by the dual
 * share of the current policy, which the next one keeps, and by the backtest of the newest fit. Throws `conflict` without
 * a price, and where a quality is wanted of which no backtest tells.
 */
export async function makePlan(access: Access<"routing:read">, { policy, goal }: PlanInput): Promise<Plan> {
  const { projectId, slug } = access;
  const prices = await readPrices(access);
  const fit = await readFit(prisma, projectId, "newest");
  const curve = fit?.report.backtest.curves.find((one) => one.policy === policy && one.points.length > 0) ?? null;
  if (goal.kind === "reach" && curve === null) {
    throw new AppError(
      "conflict",
      fit
        ? say`Fit ${fit.version} has no backtest of ${policy}, so nothing tells what quality a share has. Start a fit with POST /projects/${slug}/routing/fit once people and AI have labelled some of the same instances, or plan an amount to spend.`
        : say`There is no fit of the router yet, so nothing tells what quality a share has. Start a fit with POST /projects/${slug}/routing/fit once people and AI have labelled some of the same instances, or plan an amount to spend.`,
    );
  }
  const { dualShare } = await currentPolicy(prisma, projectId);
  return planBudget(goal, { ...(await countOpenImages(prisma, projectId)), dualShare, prices, curve });
}
