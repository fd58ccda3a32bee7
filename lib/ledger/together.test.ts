import { expect, test } from "vitest";
import { together } from "./together";

/** Does amounts when it is told to. */
function aWork() {
  const sums: number[] = [];
  const ends: { resolve: (word: string) => void; reject: (error: Error) => void }[] = [];
  const add = together(
    (sum) =>
      new Promise<string>((resolve, reject) => {
        sums.push(sum);
        ends.push({ resolve, reject });
      }),
  );
  return { add, sums, ends };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("amounts of one turn, and those that come meanwhile, are done together", async () => {
  const { add, sums, ends } = aWork();
  const first = [add(1), add(2)];
  await turn();
  const second = [add(3), add(4)];
  await turn();
  expect(sums).toEqual([3]);
  ends[0]!.resolve("three");
  expect(await Promise.all(first)).toEqual(["three", "three"]);
  await turn();
  const third = add(5);
  ends[1]!.resolve("seven");
  expect(await Promise.all(second)).toEqual(["seven", "seven"]);
  await turn();
  ends[2]!.resolve("five");
  expect(await third).toBe("five");
  expect(sums).toEqual([3, 7, 5]);
});

test("what fails fails for its own amounts alone", async () => {
  const { add, ends } = aWork();
  const first = [add(1), add(1)].map((one) => expect(one).rejects.toThrow("no"));
  await turn();
  const second = add(2);
  ends[0]!.reject(new Error("no"));
  await Promise.all(first);
  await turn();
  ends[1]!.resolve("two");
  expect(await second).toBe("two");
});
