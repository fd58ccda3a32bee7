import { expect, test } from "vitest";
import { memberOf, memberParameter, mergeMembers, stackMembers } from "./ensemble";
import type { HostTensor } from "./tensor";

const float = (values: readonly number[], shape: readonly number[]): HostTensor => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(values),
});

const [first, second, third] = [float([1, 2], [1, 2]), float([3, 4], [1, 2]), float([5, 6], [1, 2])];

test("members are stacked along a leading axis and come back one by one", () => {
  const stacked = stackMembers([first, second, third]);
  expect(stacked).toEqual(float([1, 2, 3, 4, 5, 6], [3, 1, 2]));
  expect([0, 1, 2].map((member) => memberOf(stacked, member))).toEqual([first, second, third]);
  expect(memberParameter("w", 3, [1, 2]).shape).toEqual([3, 1, 2]);
});

test("chosen members are taken from another ensemble", () => {
  const [before, after] = [stackMembers([first, second]), stackMembers([third, first])];
  expect(mergeMembers(before, after, [false, true])).toEqual(stackMembers([first, first]));
});

test("members that differ in shape, and none at all, are refused", () => {
  expect(() => stackMembers([first, float([1, 2], [2, 1])])).toThrow("must have values of one type and shape");
  expect(() => stackMembers([])).toThrow("at least one member");
});
