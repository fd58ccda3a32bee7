import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { AppError } from "@/lib/errors";
import { readCurrency } from "@/lib/judges/form-facts";
import { listJudges } from "@/lib/judges/queries";
import { ledgerFile } from "@/lib/ledger/ledger-file";
import {
  setCapsInput,
  spendingPrices,
  spendingQuery,
  type LimitView,
  type SpendingQuery,
  type SpendingView,
} from "@/lib/ledger/schema";
import { setCaps, setPrices } from "@/lib/ledger/set-caps";
import { getSpending } from "@/lib/ledger/spending";
import { wordMoney } from "@/lib/text/money";

type ProjectOption = { project: string };
type DaysOptions = ProjectOption & { from?: string; to?: string };
type CapOptions = ProjectOption & { judge?: string; day?: string; month?: string; total?: string };
type PricesOptions = ProjectOption & { currency: string; hourPrice: string };

export const periodWords = { day: "a day", month: "a month", total: "in all" } as const;

/** `spending show`, `spending ledger`, `spending cap` and `spending prices`. */
export function register(program: Command): void {
  const spending = program.command("spending").description("what judges and people cost, and how much judges may");
  withDays(spending.command("show"))
    .description("show what was paid, for what, and how full the caps are")
    .action(show);
  withDays(spending.command("ledger")).description("write the entries of the ledger as CSV").action(writeLedger);
  spending
    .command("cap")
    .description("set how much a judge, or all together, may cost; what is left out has no cap")
    .requiredOption("--project <slug>", "project")
    .option("--judge <name>", "name or id of a judge; all together without it")
    .option("--day <amount>", "in a day of UTC, in the project's currency")
    .option("--month <amount>", "in a month of UTC")
    .option("--total <amount>", "in all")
    .action(cap);
  spending
    .command("prices")
    .description("set the currency and what an hour of people costs from now on")
    .requiredOption("--project <slug>", "project")
    .requiredOption("--currency <code>", "three letters, such as EUR")
    .requiredOption("--hour-price <amount>", "of an hour of active time; 0 counts the time alone")
    .action(prices);
}

function withDays(command: Command): Command {
  return command
    .requiredOption("--project <slug>", "project")
    .option("--from <day>", "first day in UTC, such as 2026-01-31 (29 days before the last)")
    .option("--to <day>", "last day in UTC (today)");
}

async function show({ project, ...days }: DaysOptions, command: Command): Promise<void> {
  const spending = await getSpending(await operatorAccess("spending:read", project), queryOf(days));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(spending));
  console.log(wordSpending(spending).join("\n"));
}

async function writeLedger({ project, ...days }: DaysOptions): Promise<void> {
  const access = await operatorAccess("spending:read", project);
  for await (const chunk of ledgerFile(access, queryOf(days))) process.stdout.write(chunk);
}

async function cap({ project, judge, ...amounts }: CapOptions, command: Command): Promise<void> {
  const { day, month, total } = amounts;
  const input = parseInput(setCapsInput, {
    judgeId: judge === undefined ? null : await judgeNamed(project, judge),
    ...{ day: toMicros(day), month: toMicros(month), total: toMicros(total) },
  });
  const caps = await setCaps(await operatorAccess("spending:manage", project), input);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(caps));
  const currency = await readCurrency(await operatorAccess("judge:read", project));
  console.log(caps.length === 0 ? "There is no cap." : caps.map((one) => wordCap(one, currency)).join("\n"));
}

async function prices({ project, currency, hourPrice }: PricesOptions, command: Command): Promise<void> {
  const input = parseInput(spendingPrices, { currency, hourPriceMicros: toMicros(hourPrice) });
  const set = await setPrices(await operatorAccess("spending:manage", project), input);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(set));
  console.log(`An hour costs ${wordMoney(set.hourPriceMicros, set.currency)} from now on.`);
}

function queryOf(days: Omit<DaysOptions, "project">): SpendingQuery {
  return parseInput(spendingQuery, days);
}

async function judgeNamed(project: string, nameOrId: string): Promise<string> {
  const { items } = await listJudges(await operatorAccess("judge:read", project), { limit: 200 });
  const judge = items.find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (judge) return judge.id;
  throw new AppError(
    "not_found",
    `There is no judge ${nameOrId} in project ${project}. See: judge list --project ${project}`,
  );
}

function toMicros(amount: string | undefined): number | null {
  return amount === undefined ? null : Math.round(Number(amount) * 1e6);
}

function wordSpending({ from, to, total, judges, people, caps, prices }: SpendingView): string[] {
  const money = (micros: number) => wordMoney(micros, prices.currency);
  return [
    `${from} to ${to}: ${money(total.costMicros)}, ${total.inputTokens} tokens in, ${total.outputTokens} out, ${Math.round(total.activeMs / 60_000)} minutes of people`,
    ...judges.map(
      ({ name, judgeId, version, answers, costMicros }) =>
        `judge ${name ?? judgeId ?? "not saved"}${version === null ? "" : `, version ${version}`}: ${answers} verdicts, ${money(costMicros)}`,
    ),
    ...people.map(
      ({ email, answers, activeMs, costMicros }) =>
        `${email}: ${answers} labels, ${Math.round(activeMs / 60_000)} minutes, ${money(costMicros)}`,
    ),
    ...caps.map((one) => wordCap(one, prices.currency)),
  ];
}

function wordCap({ judge, period, capMicros, spentMicros }: LimitView, currency: string): string {
  return `cap of ${judge ?? "all judges"}: ${wordMoney(capMicros, currency)} ${periodWords[period]}, ${wordMoney(spentMicros, currency)} spent`;
}
