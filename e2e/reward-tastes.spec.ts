import { expectAccessible } from "./axe";
import type { RunView } from "@/lib/jobs/schema";
import type { RewardModelView } from "@/lib/reward/schema";
import type { ScoreOutput } from "@/lib/reward/serving/schema";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, test } from "./people";
import { apiOf, makeProject } from "./workspace";

const slug = "reward-tastes";
const warm = ["kindly", "gladly", "dear"];
const curt = ["briefly", "plainly", "shortly"];
const annotators = 12;
const minority = 3;

/** Pairs of a warm and a curt text, each seen by four of the twelve, of whom the last three like it curt. */
const records = Array.from({ length: 200 }, (_, i) => {
  const texts = [
    `The report is ${warm[i % 3]} simple and number ${i}.`,
    `The report is ${curt[i % 3]} simple and number ${i}.`,
  ];
  const isSwapped = i % 2 === 1;
  return {
    id: `t${i}`,
    prompt: `Question ${i}: what does the report say of a river that is as long as this question?`,
    completions: (isSwapped ? texts.toReversed() : texts).map((text) => ({ text })),
    labels: Array.from({ length: 4 }, (__, k) => {
      const annotator = (i + 3 * k) % annotators;
      const likesWarm = annotator < annotators - minority;
      return {
        ...{ annotator: `annotator ${annotator}`, kind: "human", type: "comparison" },
        preferred: likesWarm === isSwapped ? 1 : 0,
      };
    }),
  };
});

test.use({ storageState: authFile("admin") });

test("a researcher sees that annotators have two tastes, who has which, and scores by the worst served", async ({
  page,
}) => {
  test.setTimeout(360_000);
  await makeProject({ slug, name: "Tastes" } as Parameters<typeof makeProject>[0], records);
  const api = await apiOf();
  const started = await api.post(`/api/v1/projects/${slug}/reward-models`, { data: {} });
  expect(started.status(), await started.text()).toBe(202);
  const { id: runId } = (await started.json()) as { id: string };
  const run = async (): Promise<RunView> =>
    (await (await api.get(`/api/v1/projects/${slug}/runs/${runId}`)).json()) as RunView;
  await expect.poll(async () => (await run()).state, { timeout: 240_000 }).toBe("succeeded");
  const listed = await api.get(`/api/v1/projects/${slug}/reward-models`);
  const [model] = ((await listed.json()) as { items: RewardModelView[] }).items as [RewardModelView];

  await page.goto(`/projects/${slug}/reward-models/${model.id}?tab=heads`);
  await expect(page.getByText(/log-likelihood ratio of the general preference model/)).toBeVisible();
  await page.getByRole("link", { name: "People" }).click();
  await expect(page.getByRole("heading", { name: "Tastes" })).toBeVisible();
  const groups = page.getByRole("region", { name: "Groups of annotators" });
  await expect(groups.getByRole("row")).toHaveCount(3);
  const members = page.getByRole("region", { name: "Who is in which group" });
  for (let n = 0; n < annotators; n++) {
    const group = n < annotators - minority ? "Group A" : "Group B";
    await expect(members.getByRole("row", { name: new RegExp(`annotator ${n} ${group}`) })).toBeVisible();
  }
  await expect(page.getByText(/^In the group that is served worst/)).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  const items = [{ prompt: "What?", completions: ["The report is dear simple.", "The report is plainly simple."] }];
  const answer = await api.post(`/api/v1/projects/${slug}/reward-models/${model.id}/score`, {
    data: { items, groups: true, general: true, by: "worstGroup" },
  });
  const [item] = ((await answer.json()) as ScoreOutput).items as [ScoreOutput["items"][number]];
  const [warmScores, curtScores] = item.completions.map((scored) => scored.groups!) as [number[], number[]];
  expect(warmScores[0]).toBeGreaterThan(curtScores[0]!);
  expect(warmScores[1]).toBeLessThan(curtScores[1]!);
  expect(item.general!.preferred[0]![1]).toBeGreaterThan(0.5);
  await api.dispose();

  await page
    .getByRole("link", { name: /^t\d+ Question/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/instances\//);
});
