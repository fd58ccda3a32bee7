import { expectAccessible } from "./axe";
import { asking, expectInstance, instanceOf, openLabel, pairs, promptText } from "./labelling";
import { authFile, expect, test } from "./people";
import { enterAs, makeColleague } from "./team";
import { apiOf, makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

test("changed guidelines ask an annotator again, with their answers filled in, and what they confirm follows the new version", async ({
  page,
  browser,
  site,
}) => {
  const slug = "relabel";
  await makeProject({ slug, name: "Relabel", overlap: 1, taskSchema: asking({}) }, pairs(2));
  const annotator = await makeColleague("Again", slug, "annotator");
  const desk = await browser.newPage({ baseURL: site.url });
  await enterAs(desk, annotator);
  await openLabel(desk, slug);
  const prompt = await promptText(desk);
  await desk.keyboard.press("2");
  await desk.keyboard.press("Enter");
  await expectInstance(desk, 2);
  await expect.poll(async () => (await instanceOf(slug, prompt)).labels.length).toBe(1);

  const api = await apiOf();
  const guidelines = "Prefer the shorter completion, whatever it says.";
  expect((await api.patch(`/api/v1/projects/${slug}`, { data: { guidelines } })).ok()).toBe(true);
  await api.dispose();
  await page.goto(`/projects/${slug}/task-schema/versions?of=guidelines`);
  await page.getByRole("button", { name: "Ask again for 1 submission" }).click();
  await expect(page.getByRole("region", { name: "Asked again" })).toContainText("0 of 1");
  await expect(page.getByText("or is asked for again already")).toBeVisible();
  await expectAccessible(page);

  // What is on loan comes first, then what is asked for again.
  await openLabel(desk, slug);
  await desk.keyboard.press("1");
  await desk.keyboard.press("Enter");
  const notice = desk.getByText(/the guidelines have changed since/);
  await expect(notice).toBeVisible();
  expect(await promptText(desk)).toBe(prompt);
  await expect(desk.getByRole("radio", { checked: true })).toHaveCount(1);
  // An Enter right after another one means nothing until somebody can have read what came.
  await expect(async () => {
    await desk.keyboard.press("Enter");
    await expect(notice).toBeHidden({ timeout: 1000 });
  }).toPass();
  await expect
    .poll(async () =>
      (await instanceOf(slug, prompt)).labels
        .filter(({ isCurrent }) => isCurrent)
        .map(({ revision, guidelinesVersion }) => [revision, guidelinesVersion]),
    )
    .toEqual([[2, 2]]);
  await page.reload();
  await expect(page.getByRole("region", { name: "Asked again" })).toContainText("1 of 1");
  await desk.close();
});
