import { expect, test } from "vitest";
import { ApiError } from "@/app/_components/api-client";
import { untilAnswered } from "./retry";

const failed = (status: number) => new ApiError({ code: "internal", message: `${status}`, status });

/** A call that fails in these ways, one after the other, and then answers. */
function failing(...statuses: number[]) {
  const told: [string, number][] = [];
  const call = () => {
    const status = statuses.shift();
    return status === undefined ? Promise.resolve("answer") : Promise.reject(failed(status));
  };
  const onTrouble = (message: string, failures: number) => void told.push([message, failures]);
  return { told, call, options: { wait: () => Promise.resolve(), onTrouble } };
}

test("a call is repeated until it is answered, and failures of the server itself are counted", async () => {
  const { told, call, options } = failing(0, 500, 401, 429, 503);
  expect(await untilAnswered(call, options)).toBe("answer");
  expect(told).toEqual([
    ["0", 0],
    ["500", 1],
    ["401", 1],
    ["429", 2],
    ["503", 3],
  ]);
});

test("a call is given up after so many failures of the server, however long it was unreachable", async () => {
  const { told, call, options } = failing(0, 500, 0, 0, 0, 502, 500);
  await expect(untilAnswered(call, { ...options, maxFailures: 2 })).rejects.toMatchObject({ status: 502 });
  expect(told).toHaveLength(5);
});

test("a refusal is thrown at once", async () => {
  const { call, options } = failing(409);
  await expect(untilAnswered(call, options)).rejects.toMatchObject({ status: 409 });
});
