import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { AppError } from "@/lib/errors";
import { wordMoney } from "@/lib/text/money";
import { createJudge } from "@/lib/judges/create";
import { readCurrency } from "@/lib/judges/form-facts";
import { forecastRun } from "@/lib/judges/forecast/forecast";
import { listJudges } from "@/lib/judges/queries";
import { createJudgeInput, defaultRubric, defaultTieBelow, runJudgeInput, type JudgeView } from "@/lib/judges/schema";
import { judgeRunResult, type JudgeRunResult } from "@/lib/judges/runs/schema";
import { startJudgeRun } from "@/lib/judges/start-run";
import { registerAttack } from "./judge-attack";
import { periodWords } from "./spending";
import { waitForRun } from "./wait-for-run";

type ProjectOption = { project: string };
type CreateOptions = ProjectOption & {
  name: string;
  baseUrl: string;
  model: string;
  rubric?: string;
  keyStdin?: true;
  inputPrice: string;
  outputPrice: string;
  temperature: string;
  maxOutputTokens?: string;
  timeoutSeconds?: string;
  concurrency?: string;
  off?: true;
};
type RewardModelOptions = ProjectOption & { name: string; tieBelow: string; off?: true };
type RunOptions = ProjectOption & { route?: string; source?: string; split?: string };

/** `judge create`, `judge add-reward-model`, `judge list`, `judge forecast`, `judge run` and `judge attack`. */
export function register(program: Command): void {
  const judge = program.command("judge").description("language models that label");
  judge
    .command("create")
    .description("add a judge to a project; switched on, it begins with what is routed to AI")
    .requiredOption("--project <slug>", "whose judge it is")
    .requiredOption("--name <name>", "its name")
    .requiredOption("--base-url <url>", "address of an OpenAI-compatible server, up to /chat/completions")
    .requiredOption("--model <model>", "as the provider names it")
    .option("--rubric <file>", "text file with what makes a completion better; the usual one without it")
    .option("--key-stdin", "read the provider's key from the first line of standard input")
    .option("--input-price <price>", "price of a million input tokens", "0")
    .option("--output-price <price>", "price of a million output tokens", "0")
    .option("--temperature <number>", "0 to 2, or default for the provider's own", "0")
    .option("--max-output-tokens <tokens>", "longest answer (1024)")
    .option("--timeout-seconds <seconds>", "time limit of one request (60)")
    .option("--concurrency <requests>", "requests at once (4)")
    .option("--off", "add it switched off")
    .action(create);
  judge
    .command("add-reward-model")
    .description("let the promoted reward model of a project label what is routed to AI")
    .requiredOption("--project <slug>", "whose judge it is")
    .option("--name <name>", "its name", "Reward model")
    .option(
      "--tie-below <probability>",
      "a tie when the better one is preferred with less, 0.5 to 0.99",
      String(defaultTieBelow),
    )
    .option("--off", "add it switched off")
    .action(addRewardModel);
  judge
    .command("list")
    .description("list a project's judges with what they have done")
    .requiredOption("--project <slug>", "whose judges")
    .action(list);
  judge
    .command("forecast <judge>")
    .description("tell what judging what is routed to AI would take; it starts nothing")
    .requiredOption("--project <slug>", "whose judge it is")
    .action(forecast);
  judge
    .command("run <judge>")
    .description("let a judge (by name or id) judge what is routed to AI, or what the options say, and wait for it")
    .requiredOption("--project <slug>", "whose judge it is")
    .option("--route <route>", "instances with this route: human, lm or dual")
    .option("--source <source>", "instances with a label of this source, such as human")
    .option("--split <split>", "instances of this split: train or test")
    .action(run);
  registerAttack(judge, judgeNamed);
}

async function create(options: CreateOptions, command: Command): Promise<void> {
  const { project, name, baseUrl, model, rubric } = options;
  const input = parseInput(createJudgeInput, {
    name,
    config: {
      ...{ baseUrl, model, rubric: rubric === undefined ? defaultRubric : await readText(rubric) },
      temperature: options.temperature === "default" ? null : Number(options.temperature),
      maxOutputTokens: optionalNumber(options.maxOutputTokens),
      inputPriceMicros: Math.round(Number(options.inputPrice) * 1e6),
      outputPriceMicros: Math.round(Number(options.outputPrice) * 1e6),
      timeoutSeconds: optionalNumber(options.timeoutSeconds),
      concurrency: optionalNumber(options.concurrency),
    },
    apiKey: options.keyStdin ? (await text(process.stdin)).split(/\r?\n/, 1)[0] : undefined,
    isEnabled: options.off !== true,
  });
  print(await createJudge(await operatorAccess("judge:manage", project), input), command);
}

async function addRewardModel(options: RewardModelOptions, command: Command): Promise<void> {
  const { project, name, tieBelow } = options;
  const input = parseInput(createJudgeInput, {
    kind: "rm",
    name,
    tieBelow: Number(tieBelow),
    isEnabled: options.off !== true,
  });
  print(await createJudge(await operatorAccess("judge:manage", project), input), command);
}

function print(made: JudgeView, command: Command): void {
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(made));
  console.log(`Added the judge ${made.name} (${made.id}), switched ${made.isEnabled ? "on" : "off"}.`);
}

async function list({ project }: ProjectOption, command: Command): Promise<void> {
  const judges = await allJudges(project);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(judges));
  if (judges.length === 0)
    return console.log(`Project ${project} has no judge. Add one with: judge create --project ${project} ...`);
  const currency = await readCurrency(await operatorAccess("judge:read", project));
  for (const { id, name, version, isEnabled, config, labels, verdicts, costMicros } of judges) {
    const cost = `cost ${wordMoney(costMicros, currency)}`;
    const facts = [isEnabled ? "on" : "off", `${labels} labels`, `${verdicts} verdicts`, cost];
    const model =
      "model" in config ? config.model : `reward model ${config.rewardModel?.version ?? "not promoted yet"}`;
    console.log(`${id}  ${name}  version ${version}, ${model}  (${facts.join(", ")})`);
  }
}

async function forecast(nameOrId: string, { project }: ProjectOption, command: Command): Promise<void> {
  const { id } = await judgeNamed(project, nameOrId);
  const told = await forecastRun(await operatorAccess("judge:run", project), id, {});
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(told));
  const { verdicts, costMicros, currency, caps } = told;
  const money = (micros: number) => wordMoney(micros, currency);
  console.log(
    `${verdicts} verdicts at most, ${money(costMicros.expected)} (${money(costMicros.low)} to ${money(costMicros.high)}).`,
  );
  for (const { judge, period, capMicros, fits } of caps)
    console.log(`Fits under the cap of ${judge ?? "all judges"}, ${money(capMicros)} ${periodWords[period]}: ${fits}.`);
}

async function judgeNamed(project: string, nameOrId: string): Promise<JudgeView> {
  const judge = (await allJudges(project)).find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (judge) return judge;
  throw new AppError(
    "not_found",
    `There is no judge ${nameOrId} in project ${project}. See: judge list --project ${project}`,
  );
}

async function run(nameOrId: string, { project, ...filter }: RunOptions, command: Command): Promise<void> {
  const judge = await judgeNamed(project, nameOrId);
  const scope = parseInput(runJudgeInput, Object.keys(filter).length > 0 ? { filter } : {});
  const { id } = await startJudgeRun(await operatorAccess("judge:run", project), judge.id, scope);
  const ended = await waitForRun(await operatorAccess("run:read", project), id);
  const result = judgeRunResult.parse(ended.result);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify({ run: id, result }));
  console.log(summary(result, await readCurrency(await operatorAccess("judge:read", project))));
}

async function allJudges(project: string): Promise<JudgeView[]> {
  const access = await operatorAccess("judge:read", project);
  const judges: JudgeView[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listJudges(access, { limit: 200, cursor });
    judges.push(...page.items);
    if (page.nextCursor === null) return judges;
    cursor = page.nextCursor;
  }
}

function summary(result: JudgeRunResult, currency: string): string {
  const { judge, version, instances, withImages, labels } = result;
  const { preferred, tie, inconsistent, answered, invalid, costMicros } = result;
  const parts = [
    `${preferred} preferred`,
    `${tie} ties`,
    `${inconsistent} on which the orders disagree`,
    `${answered} of other questions`,
  ];
  const leftOut = withImages > 0 ? ` Left out: ${withImages} instances with images, which judges are not shown.` : "";
  return `${judge}, version ${version}: ${instances} instances, ${labels} labels (${parts.join(", ")}), ${invalid} unreadable answers, cost ${wordMoney(costMicros, currency)}.${leftOut}`;
}

function optionalNumber(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

async function readText(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: Error) => {
    throw new AppError("bad_request", `The file ${file} cannot be read: ${cause.message}.`, { cause });
  });
}
