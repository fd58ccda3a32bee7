import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { grantGlobal, OPERATOR } from "@/lib/auth/access";
import { allowHost, listAllowedHosts, removeAllowedHost } from "@/lib/hosts/allowed-hosts";
import { allowHostInput } from "@/lib/hosts/schema";

/** `allowed-host add`, `allowed-host list` and `allowed-host remove`. */
export function register(program: Command): void {
  const allowedHost = program
    .command("allowed-host")
    .description("hosts that may be reached for judges and images although they are private or speak plain http");
  allowedHost
    .command("add <host>")
    .description("allow a host, or one port of it: localhost, 10.0.0.8:8000, [::1]:8000")
    .action(add);
  allowedHost.command("list").description("list the allowed hosts").action(list);
  allowedHost.command("remove <host>").description("take a host off the list").action(remove);
}

async function add(host: string, _: object, command: Command): Promise<void> {
  const allowed = await allowHost(grantGlobal(OPERATOR, "host:manage"), parseInput(allowHostInput, { host }));
  console.log(command.optsWithGlobals().json ? JSON.stringify(allowed) : `${allowed.host} is allowed.`);
}

async function list(_: object, command: Command): Promise<void> {
  const { items } = await listAllowedHosts(grantGlobal(OPERATOR, "host:manage"));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(items));
  if (items.length === 0) return console.log("No host is allowed specially.");
  for (const { host } of items) console.log(host);
}

async function remove(given: string, _: object, command: Command): Promise<void> {
  const { host } = parseInput(allowHostInput, { host: given });
  await removeAllowedHost(grantGlobal(OPERATOR, "host:manage"), host);
  console.log(command.optsWithGlobals().json ? JSON.stringify({ host }) : `${host} is no longer allowed.`);
}
