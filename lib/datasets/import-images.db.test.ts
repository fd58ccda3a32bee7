import { beforeEach, expect, test } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { uploadImage } from "@/lib/images/upload";
import { runTasks } from "@/lib/jobs/execute-run";
import { getRun } from "@/lib/jobs/runs";
import { firstPolicy } from "@/lib/routing/schema";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { tinyPng } from "@/lib/testing/tiny-images";
import { workOff } from "@/lib/testing/work-off";
import { importRun } from "./import-run";
import type { ImportResult } from "./schema";
import { uploadImport } from "./upload";

let project: Project;
let member: Awaited<ReturnType<typeof aMember>>;

beforeEach(async () => {
  project = await aProject();
  member = await aMember(project, { role: "researcher" });
});

async function* bytesOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

async function importRecords(records: object[], dryRun = false): Promise<ImportResult> {
  const access = await accessFor(member.user, project, "instance:import");
  const lines = records.map((record) => JSON.stringify(record)).join("\n");
  const { id } = await uploadImport(access, { kind: "instances", dryRun, filename: null }, bytesOf(lines));
  await workOff(runTasks({ import: importRun }));
  const run = await getRun(await accessFor(member.user, project, "run:read"), id);
  expect(run).toMatchObject({ state: "succeeded", error: null });
  return run.result as ImportResult;
}

const upload = async () =>
  (await uploadImage(await accessFor(member.user, project, "instance:import"), bytesOf(tinyPng))).reference;
const instanceOf = (outsideId: string) =>
  prisma.instance.findFirstOrThrow({
    where: { projectId: project.id, outsideId },
    include: { completions: { orderBy: { index: "asc" } } },
  });
const images = () => prisma.image.findMany({ where: { projectId: project.id }, orderBy: { url: "asc" } });

const dataUrl = `data:image/png;base64,${tinyPng.toString("base64")}`;
const url = "https://example.org/cat.png";
const pictures = (first: string, second: string) => ({
  id: "q1",
  prompt: "A cat",
  completions: [
    { image: first, model: "m1" },
    { images: [{ url: second, alt: "a cat" }], model: "m2" },
  ],
});

test("two pictures to compare are an instance that people can be asked about; bytes are stored once", async () => {
  const reference = await upload();
  const result = await importRecords([{ ...pictures(dataUrl, url), images: [reference] }]);
  expect(result).toMatchObject({ instances: { created: 1 }, faults: { total: 0 } });
  const { isLabelable, hasImages, images: ofPrompt, completions } = await instanceOf("q1");
  const [onWeb, uploaded] = await images();
  expect({ isLabelable, hasImages }).toEqual({ isLabelable: true, hasImages: true });
  expect(reference).toBe(`image:${uploaded!.id}`);
  expect(ofPrompt).toEqual([{ id: uploaded!.id, alt: "" }]);
  expect(completions.map(({ text, images }) => [text, images])).toEqual([
    ["", [{ id: uploaded!.id, alt: "" }]],
    ["", [{ id: onWeb!.id, alt: "a cat" }]],
  ]);
  // Nothing is fetched before somebody looks.
  expect(onWeb).toMatchObject({ url, sha256: null });
  expect(await prisma.imageFile.count({ where: { projectId: project.id } })).toBe(1);
});

test("the same record again changes nothing, other images are other content", async () => {
  await importRecords([pictures(dataUrl, url)]);
  expect(await importRecords([pictures(dataUrl, url)])).toMatchObject({ instances: { unchanged: 1, replaced: 0 } });
  const before = await images();
  expect(await importRecords([pictures(url, dataUrl)])).toMatchObject({ instances: { unchanged: 0, replaced: 1 } });
  expect(await images()).toEqual(before);
  const { completions } = await instanceOf("q1");
  expect(completions.map((one) => one.images)).toMatchObject([[{ id: before[0]!.id }], [{ id: before[1]!.id }]]);
});

test("messages hold their images by id, and the search finds their text", async () => {
  await importRecords([
    {
      id: "chat",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "Describe this zebra" },
            { type: "image_url", image_url: { url } },
          ],
        },
      ],
      completions: [{ text: "a" }, { text: "b" }],
    },
  ]);
  const { id, messages, hasImages } = await instanceOf("chat");
  const [image] = await images();
  expect(messages).toEqual([{ role: "user", content: "Describe this zebra", images: [{ id: image!.id, alt: "" }] }]);
  expect(hasImages).toBe(true);
  const found = await pool.query("select id from instances where search @@ to_tsquery('simple', 'zebra') and id = $1", [
    id,
  ]);
  expect(found.rows).toHaveLength(1);
});

test("a line that names an image which is not here is a fault, and a dry run stores no image", async () => {
  const missing = "image:01900000-0000-4000-8000-00000000000a";
  const result = await importRecords([pictures(missing, url), { ...pictures(dataUrl, url), id: "q2" }], true);
  expect(result).toMatchObject({ instances: { created: 1 }, faults: { total: 1 } });
  expect(result.faults.first).toMatchObject([{ line: 1, field: "images", code: "not_found" }]);
  expect(result.faults.first[0]!.message).toContain(`${missing}, which is not in this project`);
  expect(await images()).toEqual([]);
  // An image of another project is no more there.
  const other = await upload();
  project = await aProject();
  member = await aMember(project, { role: "researcher" });
  expect(await importRecords([pictures(other, url)])).toMatchObject({ faults: { total: 1 } });
});

test("instances with images go to people although the policy sends all to AI, replaced ones too", async () => {
  project = await aProject({ policy: { ...firstPolicy, kind: "all-ai" } });
  member = await aMember(project, { role: "researcher" });
  const plain = { id: "q2", prompt: "p", completions: [{ text: "a" }, { text: "b" }] };
  await importRecords([pictures(dataUrl, url), plain]);
  const routeOf = async (outsideId: string) => {
    const { id, route, openSlots } = await instanceOf(outsideId);
    const [stored, ...others] = await prisma.route.findMany({ where: { projectId: project.id, instanceId: id } });
    expect(others).toEqual([]);
    expect(stored!.route).toBe(route);
    return { route, openSlots, propensity: stored!.propensity, reason: stored!.reason };
  };
  const toPeople = {
    ...{ route: "human", openSlots: project.overlap, propensity: 1 },
    reason: expect.stringContaining("It has images, which AI is not shown"),
  };
  expect(await routeOf("q1")).toEqual(toPeople);
  expect(await routeOf("q2")).toMatchObject({ route: "lm", openSlots: 0 });
  await importRecords([{ ...plain, images: [url] }]);
  expect(await routeOf("q2")).toEqual(toPeople);
});
