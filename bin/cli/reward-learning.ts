import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { getLearningSettings, setLearningSettings } from "@/lib/reward/noise/learning-settings";
import { listSuspects } from "@/lib/reward/noise/list-suspects";
import { learningSettings, suspectListQuery } from "@/lib/reward/noise/schema";
import { findVersion } from "./find-version";

type Options = {
  project: string;
  noise?: string;
  share?: string;
  certainty?: string;
  adaptMargins?: boolean;
  lmWeight?: string;
  balanceDomains?: boolean;
};

/** `reward-model learning` and `reward-model suspects`. */
export function registerLearning(model: Command): void {
  model
    .command("learning")
    .description("show or choose how the next version weighs and corrects labels")
    .requiredOption("--project <slug>", "project")
    .option("--noise <kind>", "about labels that may be wrong: none, smooth, soft, flip or drop")
    .option("--share <share>", "of smooth: every label is wrong with this probability (0.1)")
    .option("--certainty <probability>", "of flip and drop: those wrong with at least this probability (0.6)")
    .option("--adapt-margins", "let rewards lead by as much as the votes are sure")
    .option("--no-adapt-margins", "let rewards lead as far as labels make them")
    .option("--lm-weight <kind>", "what an AI's vote counts: policy (as routing says) or learned")
    .option("--balance-domains", "let domains count alike")
    .option("--no-balance-domains", "let pairs count alike")
    .action(learning);
  model
    .command("suspects <version>")
    .description("list the labels that a version finds most suspicious, or hardest")
    .requiredOption("--project <slug>", "project")
    .option("--kind <kind>", "suspicious or hardest (suspicious)")
    .option("--annotator <name>", "only labels by this annotator, named as labels have it")
    .action(suspects);
}

async function learning({ project, ...chosen }: Options, command: Command): Promise<void> {
  const before = await getLearningSettings(await operatorAccess("reward:read", project));
  const { noise, share, certainty, adaptMargins, lmWeight, balanceDomains } = chosen;
  const isRead = Object.values(chosen).every((value) => value === undefined);
  const now = isRead
    ? before
    : await setLearningSettings(
        await operatorAccess("reward:manage", project),
        parseInput(learningSettings, {
          noise:
            noise === undefined && share === undefined && certainty === undefined
              ? before.noise
              : {
                  kind: noise ?? before.noise.kind,
                  ...(share !== undefined && { share: Number(share) }),
                  ...(certainty !== undefined && { certainty: Number(certainty) }),
                },
          adaptsMargins: adaptMargins ?? before.adaptsMargins,
          lmWeight: lmWeight ?? before.lmWeight,
          balancesDomains: balanceDomains ?? before.balancesDomains,
        }),
      );
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(now));
  const { kind, ...parameters } = now.noise;
  const details = Object.entries(parameters).map(([name, value]) => ` (${name} ${value})`);
  console.log(`Labels that may be wrong: ${kind}${details.join("")}`);
  console.log(`Margins adapt to the votes: ${now.adaptsMargins ? "yes" : "no"}`);
  console.log(`An AI's vote counts: ${now.lmWeight === "learned" ? "what is learned" : "as routing says"}`);
  console.log(`Domains count alike: ${now.balancesDomains ? "yes" : "no"}`);
}

async function suspects(
  version: string,
  { project, kind, annotator }: { project: string; kind?: string; annotator?: string },
  command: Command,
): Promise<void> {
  const query = parseInput(suspectListQuery, { kind, annotator, limit: 200 });
  const { id } = await findVersion(project, version);
  const list = await listSuspects(await operatorAccess("reward:read", project), id, query);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(list));
  if (list.items.length === 0) return console.log("There are none.");
  for (const { outsideId, target, answer, wrong, mu, sd } of list.items) {
    const [first, second] = target.split("-");
    const label = answer === 0 ? `${first} over ${second}` : `${second} over ${first}`;
    console.log(
      `${outsideId}  ${label}  wrong ${(100 * wrong).toFixed(0)} %  votes ${mu.toFixed(2)} (sd ${sd.toFixed(2)})`,
    );
  }
}
