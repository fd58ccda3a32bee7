import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { OPERATOR, grantGlobal } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project, User } from "@/lib/db/generated/client";
import { allowHost } from "@/lib/hosts/allowed-hosts";
import { deleteProject } from "@/lib/projects/delete";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { startImageServer, type ImageServer } from "@/lib/testing/image-server";
import { tinyImages, tinyPng } from "@/lib/testing/tiny-images";
import { loadImage } from "./load";
import { maxImageBytes, type StoredImage } from "./schema";
import { idsOfUrls } from "./store";
import { uploadImage } from "./upload";
import { viewImages } from "./views";

let server: ImageServer;
let project: Project;
let researcher: User;
let annotator: User;

beforeAll(async () => {
  server = await startImageServer();
  await allowHost(grantGlobal(OPERATOR, "host:manage"), { host: server.host });
});
afterAll(() => server.stop());

beforeEach(async () => {
  server.requests.length = 0;
  project = await aProject();
  researcher = (await aMember(project, { role: "researcher" })).user;
  annotator = (await aMember(project)).user;
});

const load = async (id: string, user = researcher) => loadImage(await accessFor(user, project, "label:write"), id);

async function upload(bytes: Uint8Array) {
  async function* body() {
    yield bytes.subarray(0, 10);
    yield bytes.subarray(10);
  }
  return await uploadImage(await accessFor(researcher, project, "instance:import"), body());
}

const viewed = async (image: StoredImage) =>
  (await viewImages({ projectId: project.id, slug: project.slug }, [image]))([image]);

/** An image that an instance names by this URL. */
async function named(url: string): Promise<string> {
  return (await idsOfUrls(prisma, project.id, [url])).get(url)!;
}

test("an uploaded image has one reference however often it comes, and its bytes come back", async () => {
  const [first, again] = [await upload(tinyPng), await upload(tinyPng)];
  expect(first).toMatchObject({ contentType: "image/png", bytes: tinyPng.length, width: 3, height: 2 });
  expect(again).toEqual(first);
  const id = first.reference.slice("image:".length);
  const loaded = await load(id, annotator);
  expect(loaded.contentType).toBe("image/png");
  expect(Buffer.from(loaded.bytes)).toEqual(tinyPng);
  expect(await prisma.imageFile.count({ where: { projectId: project.id } })).toBe(1);
});

test("what is no image, empty, too large in bytes or in pixels is not stored", async () => {
  const huge = Buffer.from(tinyPng);
  huge.writeUInt32BE(20_000, 16);
  huge.writeUInt32BE(20_000, 20);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  await expect(upload(svg)).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining("is no PNG, JPEG, WebP, GIF or AVIF image"),
  });
  await expect(upload(Buffer.alloc(0))).rejects.toMatchObject({ code: "bad_request" });
  await expect(upload(huge)).rejects.toMatchObject({ code: "too_large", message: expect.stringContaining("pixels") });
  const large = Buffer.concat([tinyPng, Buffer.alloc(maxImageBytes)]);
  await expect(upload(large)).rejects.toMatchObject({ code: "too_large", message: expect.stringContaining("10 MB") });
  expect(await prisma.imageFile.count({ where: { projectId: project.id } })).toBe(0);
});

test("an image on the web is fetched once, through redirects, and stays as it was", async () => {
  server.serve("/moved.png", { location: "/cat.png" });
  server.serve("/cat.png", { body: tinyPng, contentType: "text/html" });
  const id = await named(server.at("/moved.png"));
  const image = { id, alt: "a cat" };
  expect(await viewed(image)).toEqual([
    {
      ...{ src: `/api/v1/projects/${project.slug}/images/${id}`, alt: "a cat", width: null, height: null },
      reference: server.at("/moved.png"),
    },
  ]);
  const loaded = await Promise.all([load(id, annotator), load(id)]);
  // The bytes decide, not what the server calls them.
  expect(loaded.map(({ contentType }) => contentType)).toEqual(["image/png", "image/png"]);
  server.serve("/cat.png", { body: Buffer.from(tinyImages[1]!.base64, "base64") });
  expect(Buffer.from((await load(id)).bytes)).toEqual(tinyPng);
  expect(server.requests).toEqual(["/moved.png", "/cat.png"]);
  expect(await viewed(image)).toMatchObject([{ width: 3, height: 2 }]);
});

test.each([
  ["a page", { body: "<!doctype html>", contentType: "image/png" }, "unsupported", "is no PNG"],
  ["a drawing with scripts", { body: "<svg/>", contentType: "image/svg+xml" }, "unsupported", "is no PNG"],
  ["an error", { status: 500, body: tinyPng }, "unavailable", "status 500"],
  ["too much", { body: Buffer.alloc(maxImageBytes + 1) }, "too_large", String(maxImageBytes)],
  ["a redirect to a private address", { location: "http://10.0.0.1/cat.png" }, "forbidden", "10.0.0.1"],
  ["a redirect to a metadata service", { location: "http://169.254.169.254/a" }, "forbidden", "169.254.169.254"],
  ["a redirect without end", { location: "/x" }, "forbidden", "sends requests on"],
])("%s is not shown, and the next look asks again", async (_, served, code, words) => {
  server.serve("/x", served);
  const id = await named(server.at("/x"));
  await expect(load(id)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  server.serve("/x", { body: tinyPng });
  expect((await load(id)).contentType).toBe("image/png");
});

test.each(["http://127.0.0.2/a.png", "https://10.1.2.3/a.png", "https://[::1]/a.png", "https://192.168.0.1/a.png"])(
  "%s is refused before anything is sent",
  async (url) => {
    await expect(load(await named(url))).rejects.toMatchObject({ code: "forbidden" });
  },
);

test("an annotator is not told where an image lies", async () => {
  const id = await named(server.at("/secret-model-7b.png"));
  const told = await load(id, annotator).catch((error: Error) => error.message);
  expect(told).toBe("The server of this image did not send it. Try again later, or tell an admin of the project.");
  await expect(load(id)).rejects.toMatchObject({ message: expect.stringContaining(server.host) });
});

test("images of other projects and ids of nothing are not there", async () => {
  const id = (await upload(tinyPng)).reference.slice("image:".length);
  const other = await aProject();
  const stranger = (await aMember(other)).user;
  await expect(loadImage(await accessFor(stranger, other, "label:write"), id)).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(load("00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({ code: "not_found" });
});

test("images go with their project", async () => {
  const admin = (await aMember(project, { role: "admin" })).user;
  await upload(tinyPng);
  server.serve("/cat.png", { body: tinyPng });
  await load(await named(server.at("/cat.png")));
  await deleteProject(await accessFor(admin, project, "project:delete"));
  expect(await prisma.image.count({ where: { projectId: project.id } })).toBe(0);
  expect(await prisma.imageFile.count({ where: { projectId: project.id } })).toBe(0);
});
