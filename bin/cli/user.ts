import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { grantGlobal, OPERATOR } from "@/lib/auth/access";
import { newPassword } from "@/lib/auth/passwords";
import { createUserInput, type UserView } from "@/lib/auth/schema";
import { AppError } from "@/lib/errors";
import { createUser, listUsers, resetPassword } from "@/lib/auth/users";

type CreateOptions = { email: string; name: string; admin?: true; passwordStdin?: true };

/** `user create`, `user list` and `user reset-password`. */
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
  user
    .command("reset-password <address>")
    .description("generate a new password for somebody, print it once, end their sessions and revoke their API keys")
    .action(reset);
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

async function reset(address: string, _: object, command: Command): Promise<void> {
  const user = (await listAll()).find(({ email }) => email === address.toLowerCase());
  if (!user) throw new AppError("not_found", `There is no user with the address ${address}.`);
  const { email, password } = await resetPassword(grantGlobal(OPERATOR, "user:manage"), user.id);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify({ email, password }));
  console.log(`The new password of ${email}, shown this once: ${password}`);
}

async function listAll(): Promise<UserView[]> {
  const users: UserView[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listUsers(grantGlobal(OPERATOR, "user:manage"), { limit: 200, cursor });
    users.push(...page.items);
    if (page.nextCursor === null) return users;
    cursor = page.nextCursor;
  }
}

async function list(_: object, command: Command): Promise<void> {
  const users = await listAll();
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
