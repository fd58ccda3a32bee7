import { expect, test } from "vitest";
import { jobNames, workerTasks } from "./schema";

test("WORKER_TASKS lists the jobs that a worker takes, and without it a worker takes all", () => {
  expect(workerTasks.parse("judge, import ,judge")).toEqual(["judge", "import"]);
  expect(workerTasks.parse(undefined)).toBeUndefined();
  expect(workerTasks.parse(" ")).toBeUndefined();
});

test("a name that is no job is refused with those that are", () => {
  const result = workerTasks.safeParse("judge,trian");
  expect(result.error?.issues.map(({ message }) => message)).toEqual([
    `names trian, which is no job; there are ${jobNames.join(", ")}`,
  ]);
});
