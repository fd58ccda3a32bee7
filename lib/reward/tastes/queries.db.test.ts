import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { viewTastes } from "./queries";
import type { FittedTastes, TasteMember } from "./schema";

const member = (annotator: string, source: "human" | "lm" = "human"): TasteMember => ({
  ...{ annotator, source },
  ...{ group: 0, certainty: 0.9, labels: 12 },
});

const fitted = (fields: Pick<FittedTastes, "members" | "disputes">): FittedTastes => ({
  ...{ kind: "fitted", annotators: 4, labels: { train: 40, validation: 9, test: 9 } },
  ...{ gains: [], groups: [], worst: null },
  ...fields,
});

test("people have their address and judges their name, others the name that they were imported with", async () => {
  const project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  const judge = await prisma.judge.create({ data: { projectId: project.id, name: "Careful", kind: "lm" } });
  const foreign = await prisma.judge.create({ data: { projectId: (await aProject()).id, name: "Other", kind: "lm" } });
  const access = await accessFor(user, project, "reward:read");
  const members = [
    member(`user:${user.id}`),
    member(`judge:${judge.id}`, "lm"),
    member(`judge:${foreign.id}`, "lm"),
    member("import:ann:2"),
  ];
  const view = await viewTastes(access, fitted({ members, disputes: [] }));
  expect(view.members.map(({ name }) => name)).toEqual([user.email, "Careful", "a deleted judge", "ann:2"]);
});

test("disputed instances are shown with the beginning of their prompt, and those that are gone are not", async () => {
  const project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  const access = await accessFor(user, project, "reward:read");
  const instance = await anInstance(project, { prompt: "Why? ".repeat(100) });
  const talk = await anInstance(project, { messages: [{ role: "user", content: "And how?" }] });
  const foreign = await anInstance(await aProject());
  const disputes = [instance, talk, foreign].map(({ id }) => ({ instanceId: id, target: "0-1", margins: [1, -2] }));
  const view = await viewTastes(access, fitted({ members: [], disputes }));
  expect(view.disputes.map(({ outsideId }) => outsideId)).toEqual([instance.outsideId, talk.outsideId]);
  expect(view.disputes[0]!.prompt).toHaveLength(160);
  expect(view.disputes[1]!.prompt).toBe("And how?");
  expect(view.disputes[0]!.completions).toHaveLength(2);
});

test("versions without groups have nobody to show", async () => {
  const project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  const access = await accessFor(user, project, "reward:read");
  expect(await viewTastes(access, null)).toEqual({ members: [], disputes: [] });
});
