import { type Command, InvalidArgumentError } from "commander";
import { parseInput } from "@/app/api/problem";
import { grantGlobal, OPERATOR } from "@/lib/auth/access";
import { createApiKeyFor, listApiKeysOf, revokeAnyApiKey } from "@/lib/auth/api-keys";
import { apiKeyDays, apiKeyParams, createApiKeyInput, type ApiKeyView } from "@/lib/auth/schema";

type CreateOptions = { user: string; name: string; days: number | "never" };

/** `api-key create`, `api-key list` and `api-key revoke`. */
export function register(program: Command): void {
  const apiKey = program.command("api-key").description("API keys of people");
  apiKey
    .command("create")
    .description("make a key for a person and print it, this once")
    .requiredOption("--user <address>", "whose key it is")
    .option("--name <name>", "what it is for", "command line")
    .option("--days <days>", `days until it expires: ${apiKeyDays.join(", ")} or never`, parseDays, 90)
    .action(create);
  apiKey
    .command("list")
    .description("list a person's keys")
    .requiredOption("--user <address>", "whose keys")
    .action(list);
  apiKey.command("revoke <id>").description("end a key at once").action(revoke);
}

function parseDays(value: string): CreateOptions["days"] {
  if (value === "never") return value;
  if ((apiKeyDays as readonly number[]).includes(Number(value))) return Number(value);
  throw new InvalidArgumentError(`Give ${apiKeyDays.join(", ")} or never.`);
}

async function create({ user, name, days }: CreateOptions, command: Command): Promise<void> {
  const input = parseInput(createApiKeyInput, { name, days: days === "never" ? null : days });
  const made = await createApiKeyFor(grantGlobal(OPERATOR, "user:manage"), user, input);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(made));
  console.log(`The API key ${made.apiKey.name} of ${user} (${validity(made.apiKey)}), shown this once:\n${made.key}`);
}

async function list({ user }: { user: string }, command: Command): Promise<void> {
  const keys: ApiKeyView[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listApiKeysOf(grantGlobal(OPERATOR, "user:manage"), user, { limit: 200, cursor });
    keys.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(keys));
  if (keys.length === 0) return console.log(`${user} has no API key.`);
  for (const key of keys) console.log(`${key.id}  ${key.prefix}...  ${key.name}  (${validity(key)})`);
}

async function revoke(id: string, _: object, command: Command): Promise<void> {
  const revoked = await revokeAnyApiKey(grantGlobal(OPERATOR, "user:manage"), parseInput(apiKeyParams, { id }).id);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(revoked));
  console.log(`Revoked the API key ${revoked.name} (${revoked.prefix}...).`);
}

function validity({ revokedAt, expiresAt }: ApiKeyView): string {
  if (revokedAt !== null) return `revoked ${revokedAt.slice(0, 10)}`;
  return expiresAt === null ? "never expires" : `expires ${expiresAt.slice(0, 10)}`;
}
