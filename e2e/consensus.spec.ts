import { expectAccessible } from "./axe";
import { authFile, expect, test } from "./people";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const slug = `consensus-${process.env.TEST_WORKER_INDEX}`;
const by = (annotator: string, label: object) => ({ annotator, kind: "human", ...label });
const mark = (start: number, end: number) => ({ completion: 0, start, end, category: "Wrong", severity: "major" });

test.beforeAll(() =>
  makeProject({ slug, name: "Consensus" }, [
    {
      id: "all-types",
      prompt: "What is it?",
      completions: [
        { id: "first", text: "😀 It is a cat.", steps: ["😀 It is", "a cat."] },
        { id: "second", text: "No idea." },
        { id: "third", text: "A dog." },
      ],
      labels: [
        ...[1, 2, 6].map((value, i) => by(`a${i}`, { type: "rating", completion: 0, aspect: "style", value })),
        ...["yes", "no", "yes"].map((value, i) =>
          by(`a${i}`, { type: "rating", completion: 1, aspect: "true", value }),
        ),
        ...[
          [1, 2, 3],
          [1, 3, 2],
          [2, 1, 3],
        ].map((ranks, i) => by(`a${i}`, { type: "ranking", ranks })),
        by("a0", { type: "binary", completion: 2, value: true }),
        by("a1", { type: "binary", completion: 2, value: false }),
        by("a0", { type: "spans", covered: [0, 1], spans: [mark(8, 13)] }),
        by("a1", { type: "spans", covered: [0], spans: [mark(10, 13)] }),
        ...[0, 1, 1].map((firstError, i) =>
          by(`a${i}`, { type: "steps", completion: 0, steps: [{ index: 1, label: "error" }], firstError }),
        ),
      ],
    },
  ]),
);

test("an instance shows what its labels of every type come to", async ({ page }) => {
  await page.goto(`/projects/${slug}/instances?q=all-types`);
  const list = page.getByRole("region", { name: "Instances" });
  await expect(list.getByRole("row").nth(1)).toContainText("none");
  await list.getByRole("link", { name: "all-types" }).click();
  const row = (question: string) =>
    page.getByRole("region", { name: "Consensus", exact: true }).getByRole("row").filter({ hasText: question });
  await expect(row("style")).toContainText("3 ± 1.53");
  await expect(row("style")).toContainText("median 2");
  await expect(row("true")).toContainText("yes");
  await expect(row("true")).toContainText("67 %");
  await expect(row("first > second > third")).toContainText("Kendall's W 0.44");
  await expect(row("thumb")).toContainText("draw");
  // In code points: the emoji is one.
  await expect(page.getByText("Wrong, major")).toHaveCount(1);
  await expect(page.locator("q")).toHaveText("cat");
  await expect(page.getByText("Nothing that more than half of the votes marked.")).toHaveCount(1);
  await expect(page.getByText("first error in step 2", { exact: true })).toBeVisible();
  const steps = page.getByRole("region", { name: "Consensus on the steps of first" });
  await expect(steps.getByRole("row").nth(1)).toContainText("a cat.");
  await expectAccessible(page);
});
