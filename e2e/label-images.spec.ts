import type { Locator, Page } from "@playwright/test";
import { startImageServer, type ImageServer } from "@/lib/testing/image-server";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { expectInstance, openLabel } from "./labelling";
import { authFile, expect, test } from "./people";
import { dataUrl, picture } from "./pictures";
import { apiOf, join, makeProject } from "./workspace";

let server: ImageServer;

test.beforeAll(async () => {
  server = await startImageServer();
  const api = await apiOf();
  await api.post("/api/v1/allowed-hosts", { data: { host: server.host } });
  await api.dispose();
});
test.afterAll(() => server.stop());

const twoPictures = (id: string) => ({
  id,
  prompt: `Rings, **${id}**`,
  images: [{ url: dataUrl(picture(240, 160, 200)), alt: "a sketch" }],
  completions: [
    { image: { url: dataUrl(picture(640, 480, 30)), alt: "blue rings" }, model: "m1" },
    { image: dataUrl(picture(320, 240, 90)), model: "m2" },
  ],
});

// The next instance is laid out behind the first one.
const place = (page: Page, name: string) => page.locator(`[data-image="${name}"]`).first();
const glass = (page: Page, name: string) => page.getByRole("group", { name: `${name}, zoomed` });
const zoomOf = async (frame: Locator) => Number(await frame.getAttribute("data-zoom"));
const transformOf = (frame: Locator) =>
  frame.evaluate((element) => getComputedStyle(element.firstElementChild!).transform);

/** How far the middle of what a frame shows is from the picture's, as shares of what the picture measures now. */
async function centreOf(frame: Locator): Promise<[number, number]> {
  return await frame.evaluate((element) => {
    const moved = new DOMMatrix(getComputedStyle(element.firstElementChild!).transform);
    const { naturalWidth, naturalHeight } = element.querySelector("img")!;
    const scale = Math.min(element.clientWidth / naturalWidth, element.clientHeight / naturalHeight) * moved.a;
    const share = (offset: number, size: number) => Math.round((100 * offset) / (size * scale)) / 100 + 0;
    return [share(moved.e, naturalWidth), share(moved.f, naturalHeight)];
  });
}

async function drag(page: Page, frame: Locator, dx: number, dy: number): Promise<void> {
  const box = (await frame.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 3];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
}

test.describe("an annotator", () => {
  test.use({ storageState: authFile("annotator") });

  test("compares two pictures under one glass, by mouse and by keyboard", async ({ page, site }) => {
    const slug = "label-images";
    await makeProject({ slug, name: "Pictures", overlap: 1 }, [twoPictures("q1"), twoPictures("q2")]);
    await join(slug, "annotator");
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(site.url)) foreign.push(request.url());
    });
    await openLabel(page, slug);
    const [a, b] = [glass(page, "Image of A"), glass(page, "Image of B")];
    const [atRestA, atRestB] = ["a", "b"].map((of) =>
      page.getByRole("button", { name: `Zoom image of ${of.toUpperCase()}` }),
    );
    await expect(page.getByRole("button", { name: "Zoom image of the prompt: a sketch" })).toBeVisible();
    await expect(page.getByText("This completion is empty.")).toHaveCount(0);
    await expect(atRestB!.locator("img")).toHaveJSProperty("complete", true);
    await expectAccessible(page);

    // A click looks closer at its place, at both.
    const before = await place(page, "Image of A").boundingBox();
    await atRestA!.click({ position: { x: 80, y: 60 } });
    await expect(a).toBeFocused();
    expect(await zoomOf(a)).toBe(2);
    expect(await zoomOf(b)).toBe(2);
    await expect(async () => expect(await centreOf(b)).toEqual(await centreOf(a))).toPass({ timeout: 20_000 });
    expect(await place(page, "Image of A").boundingBox()).toEqual(before);
    await expectAccessible(page);

    const start = await centreOf(a);
    await drag(page, a, -60, -30);
    await expect.poll(() => centreOf(a)).not.toEqual(start);
    await expect(async () => expect(await centreOf(b)).toEqual(await centreOf(a))).toPass({ timeout: 20_000 });
    await b.hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(() => zoomOf(b)).toBeGreaterThan(2.5);
    expect(await zoomOf(a)).toBe(await zoomOf(b));

    // Keys of the glass are no answers; those of answers go on to be.
    await a.focus();
    await page.keyboard.press("0");
    await expect.poll(() => zoomOf(b)).toBe(1);
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => zoomOf(b)).toBe(1.5);
    await expect.poll(async () => (await centreOf(a))[0]).toBeLessThan(0);
    await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
    await page.keyboard.press("2");
    await expect(page.getByRole("radio", { checked: true })).toHaveCount(1);

    // Apart, each goes its own way; together again, all go on from the one that called them.
    await a.getByRole("button", { name: "Zoom together" }).click();
    const alone = await transformOf(b);
    await a.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(() => zoomOf(a)).toBe(2.25);
    expect(await transformOf(b)).toBe(alone);
    await a.getByRole("button", { name: "Zoom together" }).click();
    await expect.poll(() => zoomOf(b)).toBe(2.25);

    await a.focus();
    await page.keyboard.press("Escape");
    await expect(a).toHaveCount(0);
    await expect(b).toHaveCount(0);
    await expect(atRestA!).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(a).toBeFocused();
    await page.keyboard.press("Control+Enter");
    await expectInstance(page, 2);
    await expect(a).toHaveCount(0);
    expect(foreign).toEqual([]);
  });

  test("is told why a picture does not come, and tries again; pictures in texts come the same way", async ({
    page,
    site,
  }) => {
    const slug = "label-broken-image";
    server.serve("/model-7b.png", { status: 503 });
    server.serve("/in-text.png", { body: picture(200, 100, 10) });
    const completion = (text: string) => ({ text, images: [{ url: server.at("/model-7b.png"), alt: "a house" }] });
    const text = `Before ![a plan](${server.at("/in-text.png")}) and after.`;
    await makeProject({ slug, name: "Broken", overlap: 1 }, [
      { id: "q1", prompt: "A house", completions: [completion(text), { text: "No picture." }] },
    ]);
    await join(slug, "annotator");
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await openLabel(page, slug);
    const broken = page.getByRole("group", { name: /^Image of [AB]$/ });
    await expect(broken.getByRole("alert")).toContainText("The server of this image did not send it.");
    await expect(broken).toContainText("It is described as: a house");
    await expect(broken).not.toContainText(server.host);
    const inText = page.getByRole("img", { name: "a plan" });
    await expect(inText).toHaveJSProperty("naturalWidth", 200);
    await expectAccessible(page);

    const before = await broken.boundingBox();
    server.serve("/model-7b.png", { body: picture(300, 200, 60) });
    await broken.getByRole("button", { name: "Try again" }).click();
    const shown = page.getByRole("button", { name: /^Zoom image of [AB]: a house$/ });
    await expect(shown.locator("img")).toHaveJSProperty("naturalWidth", 300);
    expect(await shown.boundingBox()).toEqual(before);
    expect(requests.filter((url) => /^https?:/.test(url) && !url.startsWith(site.url))).toEqual([]);

    // The second look has its size beforehand, and no answer says where a picture lies.
    const response = await page.request.get(await inText.evaluate((image: HTMLImageElement) => image.src));
    expect(response.headers()).toMatchObject({
      "content-type": "image/png",
      "cache-control": "private, max-age=31536000, immutable",
    });
    expect(response.headers()["content-security-policy"]).toContain("sandbox");
    expect(response.headers()["x-content-type-options"]).toContain("nosniff");
    await page.reload();
    await expect(inText).toHaveAttribute("width", "200");
  });
});

test.describe("a phone", () => {
  test.use({ storageState: authFile("admin"), viewport: { width: 360, height: 740 }, hasTouch: true });

  test("shows pictures one below the other, zooms them by touch, and the instance page tells where they come from", async ({
    page,
  }) => {
    const slug = "label-images-phone";
    await makeProject({ slug, name: "Phone", overlap: 1 }, [twoPictures("q1")]);
    await openLabel(page, slug);
    await page.getByRole("button", { name: "Zoom image of A" }).tap();
    const [a, b] = [glass(page, "Image of A"), glass(page, "Image of B")];
    await expect(a).toBeVisible();
    await a.getByRole("button", { name: "Zoom in" }).tap();
    await expect.poll(() => zoomOf(b)).toBe(3);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await b.getByRole("button", { name: "Close zoom" }).tap();
    await expect(a).toHaveCount(0);

    await page.goto(`/projects/${slug}/instances`);
    await expect(page.getByText("3 images ·")).toBeVisible();
    await page.getByRole("link", { name: "q1" }).click();
    await expect(page.getByRole("img", { name: "blue rings" })).toHaveJSProperty("naturalWidth", 640);
    await expect(page.getByRole("main").getByText(/^image:[0-9a-f-]{36}$/)).toHaveCount(3);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});
