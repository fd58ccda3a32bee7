import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { grantGlobal, OPERATOR } from "@/lib/auth/access";
import { newPassword } from "@/lib/auth/passwords";
import { createUserInput, type UserView } from "@/lib/auth/schema";
import { createUser, listUsers } from "@/lib/auth/users";

type CreateOptions = { email: string; name: string; admin?: true; passwordStdin?: true };

/** `user create` and `user list`. */
export function register(program: Command): void {
  const user = program.command("user").description("accounts of the site");
  user
    .command("create")
    .description("make an account; its password is generated and printed once unless it is read from standard input")
    .requiredOption("--email <address>", "address to sign in with")
    .requiredOption("--name <name>", "name as others see it")
    .option("--admin", "make an admin of the site")
    .option("--password-stdin", "read the password from the first line of standard input")
    .action(create);
  user.command("list").description("list all accounts").action(list);
}

async function create({ email, name, admin, passwordStdin }: CreateOptions, command: Command): Promise<void> {
  const password = passwordStdin ? (await text(process.stdin)).split(/\r?\n/, 1)[0]! : newPassword();
  const input = parseInput(createUserInput, { email, name, password, isAdmin: admin === true });
  const made = await createUser(grantGlobal(OPERATOR, "user:manage"), input);
  const generated = passwordStdin ? {} : { password };
  if (command.optsWithGlobals().json) return console.log(JSON.stringify({ ...made, ...generated }));
  console.log(`Made the account ${made.email}${made.isAdmin ? " (admin of the site)" : ""}.`);
  if (!passwordStdin) console.log(`Its password, shown this once: ${password}`);
}

async function list(_: object, command: Command): Promise<void> {
  const users: UserView[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listUsers(grantGlobal(OPERATOR, "user:manage"), { limit: 200, cursor });
    users.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(users));
  if (users.length === 0)
    return console.log("There is no account yet. Make one with: user create --email ... --name ... --admin");
  for (const { email, name, isAdmin, disabledAt, projectCount } of users) {
    const states = [isAdmin && "admin of the site", disabledAt && "disabled", `${projectCount} projects`].filter(
      Boolean,
    );
    console.log(`${email}  ${name}  (${states.join(", ")})`);
  }
}
