import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import { anInstance, aProject } from "@/lib/testing/builders";
import { addDualLabels } from "@/lib/testing/dual-labels";
import { cliProgram } from "./program";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "tandem-cli-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs `npm run cli -- LINE` in this process and returns what it printed. */
async function cli(line: string): Promise<string> {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    const program = cliProgram();
    program.exitOverride();
    await program.parseAsync(line.split(" "), { from: "user" });
    return log.mock.calls.map(([text]) => String(text)).join("\n");
  } finally {
    log.mockRestore();
  }
}

test("a project goes from its making to a file for a trainer", async () => {
  const user = JSON.parse(await cli("user create --email ann@example.com --name Ann --admin --json")) as object;
  expect(user).toMatchObject({ email: "ann@example.com", isAdmin: true, password: expect.stringMatching(/^.{12,}$/) });
  expect(await cli("user list")).toContain("ann@example.com");
  const { key } = JSON.parse(await cli("api-key create --user ann@example.com --name script --json")) as {
    key: string;
  };
  expect(key).toMatch(/^tdm_/);

  expect(await cli("project create --slug panda --name Panda")).toContain("Made the project panda.");
  const file = path.resolve("e2e/fixtures/pandalm-excerpt.jsonl");
  expect(await cli(`import ${file} --project panda --dry-run`)).toContain("Dry run, nothing is stored: 30 instances");
  expect(await cli(`import ${file} --project panda`)).toContain("30 instances created, 0 replaced, 0 unchanged");
  expect(await cli(`import ${file} --project panda`)).toContain("0 instances created, 0 replaced, 30 unchanged");

  expect(await cli("snapshot create --project panda --name first")).toMatch(/^Made the snapshot first: \d+ labels/);
  const out = path.join(folder, "pairs.jsonl");
  const written = await cli(`export --project panda --snapshot latest --format trl --out ${out}`);
  const rows = (await readFile(out, "utf8")).trim().split("\n");
  expect(written).toContain(`(${rows.length} lines)`);
  expect(JSON.parse(rows[0]!)).toMatchObject({ prompt: expect.any(String), chosen: expect.any(String) });

  expect(await cli("routing set random --human-share 0.5 --project panda")).toContain("Applied policy 2");
  expect(await cli("route apply all-ai --dual-share 0.1 --project panda")).toContain("Applied policy 3");
  expect(await cli("route rollback 2 --project panda")).toContain("Applied policy 4");
  expect(await cli("route show --project panda")).toContain("Policy 4: Send 50 % to people, drawn at random");
  await expect(cli("route apply confidence --alpha 0.05 --delta 0.1 --project panda")).rejects.toThrow(/has no fit/);
  expect(await prisma.policy.count()).toBe(4);
});

test("a project made from a template has its samples, and is exported as the template says", async () => {
  expect(await cli("template list")).toMatch(/^multipref {2}MultiPref: /m);
  const made = await cli("project create --slug tried --name Tried --template multipref --samples");
  expect(made).toBe("Made the project tried. Its sample instances can be labelled.");
  const label = { instance: "mp-compound", annotator: "ann", kind: "human", type: "comparison", preferred: 0 };
  const file = path.join(folder, "labels.jsonl");
  await writeFile(file, `${JSON.stringify(label)}\n`);
  await cli(`labels ${file} --project tried`);
  await cli("snapshot create --project tried --name first");
  const out = path.join(folder, "tried.jsonl");
  await cli(`export --project tried --snapshot latest --out ${out}`);
  const rows = (await readFile(out, "utf8")).trim().split("\n");
  expect(rows.map((row) => JSON.parse(row) as object)).toMatchObject([
    { instance_id: "mp-compound", chosen_id: "0", split: expect.any(String) },
  ]);
  await expect(cli("project create --slug none --name None --template nothing")).rejects.toMatchObject({
    code: "invalid",
  });
});

test("a plan says what money buys, or where to set a price", async () => {
  const project = await aProject({ overlap: 1 });
  for (let n = 0; n < 4; n++) await anInstance(project, { prompt: "x".repeat(40), completions: ["y", "z"] });
  const plan = `route plan random --project ${project.slug}`;
  await expect(cli(`${plan} --spend 1`)).rejects.toThrow(/an hour of people's time has no price/);
  await cli(`spending prices --project ${project.slug} --currency EUR --hour-price 36`);
  // 15 s and 42 characters at 24 a second: 0.1675 each.
  expect(await cli(`${plan} --spend 0.335`)).toMatch(
    /^Send 50 % to people: of 4 open instances people label 2 and AI 2/,
  );
  await expect(cli(plan)).rejects.toThrow(/Say either what to spend/);
  await expect(cli(`${plan} --reach 0.9`)).rejects.toThrow(/There is no fit of the router yet/);
});

test("how labels are weighed and corrected is chosen option by option, and what was chosen stays", async () => {
  const { slug } = await aProject();
  expect(await cli(`reward-model learning --project ${slug}`)).toBe(
    "Labels that may be wrong: none\nMargins adapt to the votes: no\nAn AI's vote counts: as routing says\nDomains count alike: no",
  );
  await cli(`reward-model learning --project ${slug} --noise flip --certainty 0.8`);
  expect(await cli(`reward-model learning --project ${slug} --balance-domains --lm-weight learned`)).toBe(
    "Labels that may be wrong: flip (certainty 0.8)\nMargins adapt to the votes: no\nAn AI's vote counts: what is learned\nDomains count alike: yes",
  );
  await expect(cli(`reward-model learning --project ${slug} --certainty 0.2`)).rejects.toThrow("must be at least 0.5");
});

test("the rule for files of old versions is shown and set, and a rollback says what it lacks", async () => {
  await aProject({ slug: "versions" });
  const keep = "reward-model keep --project versions";
  expect(await cli(keep)).toBe("Every version keeps its file.");
  const rule = "Files are kept of the active version, the 5 newest and those that served within 30 days.";
  expect(await cli(`${keep} --newest 5 --served-days 30`)).toBe(rule);
  expect(await cli(keep)).toBe(rule);
  await expect(cli(`${keep} --newest some`)).rejects.toMatchObject({ code: "invalid" });
  expect(JSON.parse(await cli(`${keep} --newest all --json`))).toEqual({ newest: null, servedDays: null });
  await expect(cli("reward-model rollback --project versions --reason Lists")).rejects.toMatchObject({
    code: "conflict",
  });
});

test.each([
  ["a record", { prompt: "Why?", completions: [{ text: "So." }, "Thus."] }],
  ["a preference pair", { prompt: "Why?", chosen: "So.", rejected: "Thus." }],
  [
    "a conversational pair",
    {
      prompt: [{ role: "user", content: "Why?" }],
      chosen: [{ role: "assistant", content: "So." }],
      rejected: [{ role: "assistant", content: "Thus." }],
    },
  ],
])("score reads %s and asks for a model where none serves", async (_, record) => {
  const project = await aProject();
  const file = path.join(folder, "score.jsonl");
  await writeFile(file, `${JSON.stringify(record)}\n`);
  await expect(cli(`score ${file} --project ${project.slug}`)).rejects.toThrow(/No version of the reward model/);
});

test("score names the line that it cannot read", async () => {
  const project = await aProject();
  const file = path.join(folder, "broken.jsonl");
  await writeFile(file, '{"prompt": "p", "completions": ["a"]}\n{"prompt": "p"}\n');
  await expect(cli(`score ${file} --project ${project.slug}`)).rejects.toThrow(/Line 2 of .*broken\.jsonl is no JSON/);
});

test("texts are measured for routing, and a classifier says what it lacks", async () => {
  const project = await aProject({ slug: "features" });
  await anInstance(project);
  expect(await cli("routing features --project features")).toMatch(
    /^0 instances are measured by texts-1.*, 1 are not\.$/,
  );
  expect(await cli("routing features --run --project features")).toMatch(
    /^Measured 1 instances\.\n1 instances are measured/,
  );
  expect(JSON.parse(await cli("routing tag-classifier --project features --json"))).toMatchObject({
    ...{ prompts: 0, fewest: 50, untagged: 1, dimensions: null },
  });
  await expect(cli("routing tag-classifier --run --project features")).rejects.toMatchObject({ code: "conflict" });
});

test("whom to ask is fitted and backtested", async () => {
  const { id, slug } = await aProject();
  await expect(cli(`route backtest --project ${slug}`)).rejects.toThrow("has no fit yet");
  await expect(cli(`route fit --project ${slug}`)).rejects.toThrow("both people and AI have labelled 0 instances");
  await addDualLabels(id, { instances: 60 });
  const made = await cli(`route fit --project ${slug} --mixes 50`);
  expect(made).toMatch(/^Made fit 1\.\nOn 60 labels of 60 prompts AI says what people do in .* %, one more person in /);
  expect(made).toContain("there are 60");
  const shown = await cli(`route backtest --project ${slug}`);
  expect(shown).toContain("Fit 1: 60 labels of 60 prompts, 10 splits.");
  expect(shown).toMatch(/ {2}random\n {4}0\.0 %: labels [\d.]+ % \([\d.]+ % to [\d.]+ %\), rewards -/);
});
