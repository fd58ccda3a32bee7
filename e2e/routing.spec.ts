import { expect as plainExpect, type Page } from "@playwright/test";
import type { InstanceListItem } from "@/lib/instances/schema";
import type { CreateProjectInput } from "@/lib/projects/schema";
import type { PolicyInput, RouteList } from "@/lib/routing/schema";
import { preferring, startJudgeServer, type JudgeServer } from "@/lib/testing/judge-server";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, openAs, test } from "./people";
import { apiOf, join, makeProject, plainPair } from "./workspace";

let server: JudgeServer;

test.use({ storageState: authFile("admin") });
test.beforeAll(async () => {
  server = await startJudgeServer({ script: preferring((text) => text.length, 2) });
});
test.afterAll(() => server.stop());

async function aProject(slug: string, instances: number): Promise<string> {
  const input = { slug, name: `Project ${slug}`, overlap: 2 } as CreateProjectInput;
  await makeProject(
    input,
    Array.from({ length: instances }, (_, i) => plainPair(`${slug}-${i}`)),
  );
  return `/projects/${slug}/routing`;
}

async function apply(slug: string, policy: PolicyInput): Promise<void> {
  const api = await apiOf();
  const applied = await api.put(`/api/v1/projects/${slug}/routing`, { data: { policy } });
  plainExpect(applied.ok(), await applied.text()).toBe(true);
  await api.dispose();
}

/** The bar that says how many instances go where. */
const mix = (page: Page) => page.getByRole("img", { name: /^Instances by route:/ });
const applyButton = (page: Page) => page.getByRole("button", { name: /^Apply/ });
/** The page is in the browser's hands once it has asked what applying would do: what is clicked before is lost. */
const ready = (page: Page) => expect(applyButton(page)).toBeEnabled();

test("an admin previews a policy, applies it by a button that says what it does, and sees who got what and why", async ({
  page,
}) => {
  const path = await aProject("routing-journey", 40);
  await page.goto(path);
  await ready(page);
  await expect(page.getByText("Send every instance to people.").first()).toBeVisible();
  await expect(mix(page)).toHaveAccessibleName("Instances by route: People 40, AI 0, Both 0");
  await expectAccessible(page);

  await page.getByRole("radio", { name: "All to AI" }).check();
  await expect(page.getByRole("row", { name: "AI 0 40", exact: true })).toBeVisible();
  await expect(page.getByRole("row", { name: "Labels by people to come 80 0", exact: true })).toBeVisible();
  await expect(page.getByRole("row", { name: "Verdicts by judges to come 0 80", exact: true })).toBeVisible();
  await expect(applyButton(page)).toHaveText("Apply: move 40 instances to AI");

  await page.getByRole("radio", { name: "Random share" }).check();
  await page.getByLabel("Share for people, %").fill("50");
  await page.getByLabel("Share for both, %").fill("20");
  await expect(
    page.getByText("Send 50 % to people, drawn at random, and the rest to AI. Keep 20 % dual"),
  ).toBeVisible();
  await expect(applyButton(page)).toHaveText(/^Apply: move \d+ instances to AI and \d+ to both$/);
  const [, toAi, toBoth] = /move (\d+) instances to AI and (\d+) to both/.exec(await applyButton(page).innerText())!;
  await applyButton(page).click();
  await expect(page.getByText(/^Policy 2 applies\. \d+ instances go elsewhere\.$/)).toBeVisible();
  const people = 40 - Number(toAi) - Number(toBoth);
  await expect(mix(page)).toHaveAccessibleName(`Instances by route: People ${people}, AI ${toAi}, Both ${toBoth}`);
  await expect(page.getByText(`${40 - people} instances wait for an AI`)).toBeVisible();
  await expect(page.getByText("Shares and kind are those of the current policy.")).toBeVisible();

  await page.getByRole("navigation", { name: "Filter by route" }).getByRole("link", { name: "Both" }).click();
  await expect(page).toHaveURL(/route=dual/);
  const routes = page.getByRole("region", { name: "Routes" });
  await expect(routes.getByRole("row")).toHaveCount(Number(toBoth) + 1);
  await expect(
    routes.getByText("Drawn for people and AI: 20 % of the instances, at random (policy 2)").first(),
  ).toBeVisible();
  const history = page.getByRole("list", { name: "Policy history" });
  await expect(history.getByText("Policy 2 by admin@example.com")).toBeVisible();
  await expect(history.getByText("Policy 1 came with the project")).toBeVisible();
  await expectAccessible(page);

  await routes.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/instances\//);
  await expect(page.getByText("Drawn for people and AI: 20 % of the instances, at random (policy 2)")).toBeVisible();
  await page.goto("/projects/routing-journey/instances?route=lm");
  await expect(page.getByText(`${toAi} instances that fit`)).toBeVisible();
  await expect(page.getByRole("table").getByText("Waits for AI").first()).toBeVisible();
  await page.goto(path);
  await page.getByRole("link", { name: "Open judges" }).click();
  await expect(page).toHaveURL(/\/judges$/);
});

test("routes come by pages that keep their filter", async ({ page }) => {
  const path = await aProject("routing-pages", 30);
  await page.goto(`${path}?route=human`);
  const routes = page.getByRole("region", { name: "Routes" });
  await expect(routes.getByRole("row")).toHaveCount(26);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(routes.getByRole("row")).toHaveCount(6);
  await expect(page).toHaveURL(/route=human&cursor=/);
  await page.getByRole("link", { name: "First page" }).click();
  await expect(routes.getByRole("row")).toHaveCount(26);
  await page.goto(`${path}?route=lm`);
  await expect(page.getByText("No instance goes to AI now.")).toBeVisible();
});

test("fields that make no policy say so, and a policy somebody else applied meanwhile is not overwritten", async ({
  page,
}) => {
  const path = await aProject("routing-faults", 4);
  await page.goto(path);
  await ready(page);
  await page.getByLabel("Share for both, %").fill("101");
  await expect(page.getByText("Must be a number from 0 to 100.")).toBeVisible();
  await expect(applyButton(page)).toBeDisabled();
  await page.getByLabel("Share for both, %").fill("0");
  await page.getByText("Weight of AI and seed").click();
  await page.getByLabel("Weight of an AI's vote").fill("2");
  await expect(page.getByText("Must be a number from 0 to 1.")).toBeVisible();
  await page.getByLabel("Weight of an AI's vote").fill("0.25");
  await page.getByLabel("Seed").fill("1.5");
  await expect(page.getByText("Must be a whole number")).toBeVisible();
  await page.getByLabel("Seed").fill("7");
  await page.getByRole("radio", { name: "All to AI" }).check();
  await expect(applyButton(page)).toHaveText("Apply: move 4 instances to AI");

  await apply("routing-faults", { kind: "random", humanShare: 1 });
  await applyButton(page).click();
  await expect(page.getByText("Policy 2 was applied after you looked at policy 1.")).toBeVisible();
  await expect(applyButton(page)).toHaveText("Apply: move 4 instances to AI");
  await applyButton(page).click();
  await expect(page.getByText(/^Policy 3, applied/)).toContainText("vote counts 0.25");
});

test("uncertainty without a reward model draws at random and says so", async ({ page }) => {
  const path = await aProject("routing-unsure", 6);
  await page.goto(path);
  await ready(page);
  await page.getByRole("radio", { name: "Uncertainty" }).check();
  await page.getByLabel("Share for people, %").fill("100");
  await expect(applyButton(page)).toHaveText("Apply: only new instances are concerned");
  await applyButton(page).click();
  await expect(page.getByText("No reward model is promoted yet")).toBeVisible();
  await expect(page.getByText("Not scored by a reward model yet, so drawn for people").first()).toBeVisible();
});

test("many instances are routed by a run, whose end the page shows", async ({ page }) => {
  const path = await aProject("routing-many", 2100);
  await page.goto(path);
  await ready(page);
  await page.getByRole("radio", { name: "All to AI" }).check();
  await expect(applyButton(page)).toHaveText("Apply: move 2,100 instances to AI");
  await applyButton(page).click();
  await expect(mix(page)).toHaveAccessibleName("Instances by route: People 0, AI 2,100, Both 0", { timeout: 90_000 });
  await expect(page.getByRole("heading", { name: "Routing anew" })).toBeHidden();
});

test("an instance drawn for both shows people's and judges' answers with the verdicts of both orders", async ({
  page,
}) => {
  const slug = "routing-both";
  await aProject(slug, 1);
  await apply(slug, { kind: "all-human", dualShare: 1 });
  const api = await apiOf();
  await api.post("/api/v1/allowed-hosts", { data: { host: server.host } });
  const config = {
    baseUrl: server.baseUrl,
    model: "test-model",
    rubric: "The longer the better.",
    inputPriceMicros: 1e6,
  };
  const made = await api.post(`/api/v1/projects/${slug}/judges`, { data: { name: "Longer", config } });
  plainExpect(made.status(), await made.text()).toBe(201);
  const label = { annotator: "ann1", kind: "human", type: "comparison", preferred: 0 };
  await api.post(`/api/v1/projects/${slug}/labels`, {
    data: JSON.stringify({ instance: `${slug}-0`, ...label }),
    headers: { "content-type": "application/x-ndjson" },
  });
  let found: InstanceListItem | undefined;
  await plainExpect
    .poll(
      async () => {
        const list = (await (await api.get(`/api/v1/projects/${slug}/instances`)).json()) as {
          items: InstanceListItem[];
        };
        found = list.items[0];
        return found?.labels;
      },
      { timeout: 90_000 },
    )
    .toEqual({ human: 1, lm: 1 });
  await page.goto(`/projects/${slug}/instances/${found!.id}`);
  const labels = page.getByRole("region", { name: "Labels" });
  await expect(labels.getByRole("row", { name: /People ann1/ })).toBeVisible();
  await expect(labels.getByRole("row", { name: /LM judges Longer, version 1 .* both orders/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^LM judges on/ })).toBeVisible();
  await expect(page.getByText(/^Shown /)).toHaveCount(2);
  await page.getByText("What it answered").first().click();
  await expect(page.getByText("Let me compare them.").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByText("routed it to people and AI")).toBeVisible();
  await page.goto(`/projects/${slug}`);
  await expect(page.getByRole("heading", { name: "Agreement of people with LM judges" })).toBeVisible();

  const { items } = (await (await api.get(`/api/v1/projects/${slug}/routing/routes?route=dual`)).json()) as RouteList;
  plainExpect(items).toMatchObject([{ outsideId: `${slug}-0`, propensity: 1, policyVersion: 2 }]);
  await page.goto(`/projects/${slug}/routing`);
  await ready(page);
  await page.getByRole("radio", { name: "All to AI" }).check();
  await expect(page.getByRole("row", { name: "What these verdicts may cost 0 USD 0 USD", exact: true })).toBeVisible();
  await api.dispose();
});

test("researchers see the routing but cannot change it, annotators do not find it, and it fits a phone", async ({
  browser,
}) => {
  const path = await aProject("routing-roles", 3);
  for (const person of ["researcher", "annotator"] as const) await join("routing-roles", person);
  const researcher = await openAs(browser, "researcher");
  await researcher.goto(path);
  await researcher.getByRole("navigation").getByRole("link", { name: "Routing" }).first().click();
  await expect(mix(researcher)).toBeVisible();
  await expect(researcher.getByRole("heading", { name: "Change the policy" })).toBeHidden();
  await researcher.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(researcher);
  const annotator = await openAs(browser, "annotator");
  const answer = await annotator.goto(path);
  expect(answer?.status()).toBe(404);
  await Promise.all([researcher.context().close(), annotator.context().close()]);
});

/** Pairs that two people and an AI have labelled; the AI is wrong about every third. */
const dualPairs = (slug: string, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const label = { type: "comparison", preferred: i % 2 };
    const people = ["ann", "bob"].map((annotator) => ({ ...label, annotator, kind: "human" }));
    const ai = { ...label, annotator: "model-x", kind: "lm", preferred: i % 3 === 0 ? 1 - (i % 2) : i % 2 };
    return plainPair(`${slug}-both-${i}`, { labels: [...people, ai] });
  });

test("an admin makes a fit, reads its verdict first, moves the budget by keys and by mouse, and applies what the button says", async ({
  page,
}) => {
  const slug = "routing-backtest";
  await makeProject({ slug, name: "Backtest", overlap: 2 } as CreateProjectInput, [
    ...dualPairs(slug, 120),
    ...Array.from({ length: 30 }, (_, i) => plainPair(`${slug}-open-${i}`)),
  ]);
  await page.goto(`/projects/${slug}/routing`);
  await expect(page.getByRole("radio", { name: "Learned gain" })).toBeDisabled();
  await page.getByRole("navigation", { name: "Parts of routing" }).getByRole("link", { name: "Backtest" }).click();
  await expect(page.getByText("Nothing was compared yet")).toBeVisible();
  await page.getByText("Mixes, proxy models and seed").click();
  await page.getByLabel("Mixes").fill("49");
  await expect(page.getByRole("button", { name: "Fit now" })).toBeDisabled();
  await page.getByLabel("Mixes").fill("50");
  await page.getByRole("button", { name: "Fit now" }).click();
  await expect(page.getByRole("row", { name: /^Fit 1 shown here/ })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/^Nothing was learned$|^Learned routing|^Too few data/).first()).toBeVisible();

  await page.getByLabel("Look at").selectOption("random");
  const share = page.getByLabel("Share for people, %");
  const slider = page.getByRole("slider", { name: "Share for people" });
  await slider.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(share).toHaveValue("1");
  await share.fill("40");
  await expect(slider).toHaveValue("0.4");
  const chart = page.getByRole("img", { name: /^Label accuracy by policy/ });
  await expect(chart).toHaveAccessibleName(/With 40 % to people, Random chosen: .*Random \d/);
  const { x, y, width, height } = (await chart.boundingBox())!;
  await page.mouse.move(x + width / 3, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width, y + height / 2);
  await page.mouse.up();
  await expect(share).toHaveValue("100");
  await share.fill("50");
  await page.getByText("All figures as a table").click();
  const figures = page.getByRole("region", { name: "Label accuracy by policy and share" });
  await expect(figures.getByRole("row", { name: /^0 % \d+\.\d % \(/ })).toBeVisible();
  await expect(page.getByText("Send 50 % to people, drawn at random, and the rest to AI.").first()).toBeVisible();
  await expectAccessible(page);
  await expect(applyButton(page)).toHaveText(/^Apply: move \d+ instances to AI$/);
  await applyButton(page).click();
  await expect(page.getByText("Policy 2 applies now.")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test("an admin rolls a policy back, schedules another and thinks better of it, and says when fits are made", async ({
  page,
}) => {
  const path = await aProject("routing-care", 5);
  await apply("routing-care", { kind: "all-ai" });
  await page.goto(path);
  await ready(page);
  await page.getByRole("button", { name: "Roll back to policy 1" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("“Send every instance to people.” becomes policy 3.");
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByText(/^Policy 3, applied/)).toBeVisible();
  await expect(mix(page)).toHaveAccessibleName("Instances by route: People 5, AI 0, Both 0");

  await page.getByRole("radio", { name: "Random share" }).check();
  await page.getByText("Apply at a time instead").click();
  await page.getByLabel("Time (UTC)").fill("2041-03-01T08:00");
  await page.getByRole("button", { name: "Schedule the policy for 2041-03-01 08:00 UTC" }).click();
  await expect(page.getByText("Random share, 30 % to people, at 2041-03-01 08:00 UTC.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel it" }).click();
  await expect(page.getByText("Another policy applies")).toBeHidden();

  await page.goto(`${path}/backtest`);
  await page.getByLabel("Fit at these times").fill("every Monday");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Must be five fields for minute, hour")).toBeVisible();
  await page.getByLabel("Fit at these times").fill("0 3 * * 1");
  await page.getByRole("switch", { name: "Go by each new fit" }).check();
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings of routing saved")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Fit at these times")).toHaveValue("0 3 * * 1");
});
