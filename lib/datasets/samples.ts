import { grant, type Principal } from "@/lib/auth/access";
import { findMembership } from "@/lib/auth/membership";
import type { RunView } from "@/lib/jobs/schema";
import type { TemplateId } from "@/lib/projects/templates/ids";
import { templates } from "@/lib/projects/templates/templates";
import { uploadImport } from "./upload";

/** Starts the import of a template's sample instances, as that of a file of them. */
export async function importSamples(principal: Principal, slug: string, template: TemplateId): Promise<RunView> {
  const access = grant(principal, await findMembership(principal, slug), "instance:import");
  const lines = templates[template].samples.map((sample) => `${JSON.stringify(sample)}\n`);
  const upload = { kind: "instances", dryRun: false, filename: `${template}-samples.jsonl` } as const;
  return await uploadImport(access, upload, bytesOf(lines));
}

async function* bytesOf(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(line);
}
