import { expect, test } from "vitest";
import { exportModel } from "./export";
import * as ops from "./ops";
import { openSession } from "./session";
import { constant, input, parameter, type HostTensor } from "./tensor";

const float = (values: readonly number[], shape: readonly number[]): HostTensor => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(values),
});

const x = input("x", ["n", 2]);
const y = input("y", ["n"]);
const w = parameter("w", [2, 1]);
const outputs = { sum: ops.add(ops.squeeze(ops.matMul(x, w), [1]), y), positive: ops.greater(y, 0) };

test("onnxruntime reads back what was written: names, types, shapes and numbers", async () => {
  const session = await openSession(exportModel({ name: "g", outputs }));
  expect(session.inputNames.toSorted()).toEqual(["w", "x", "y"]);
  expect(session.outputNames).toEqual(["sum", "positive"]);
  const results = await session.run({
    x: float([1, 2, 3, 4], [2, 2]),
    y: float([10, -20], [2]),
    w: float([1, 0.5], [2, 1]),
  });
  expect(results["sum"]).toEqual(float([12, -15], [2]));
  expect(results["positive"]).toEqual({ dtype: "bool", shape: [2], data: Uint8Array.of(1, 0) });
  await session.dispose();
});

test("bound parameters are weights of the file, not inputs", async () => {
  const model = exportModel({ name: "g", outputs: { sum: outputs.sum }, values: { w: float([1, 0.5], [2, 1]) } });
  const session = await openSession(model);
  expect(session.inputNames.toSorted()).toEqual(["x", "y"]);
  expect((await session.run({ x: float([1, 2], [1, 2]), y: float([0], [1]) }))["sum"]!.data[0]).toBe(2);
  await session.dispose();
});

test("constants of every type and metadata survive", async () => {
  const whole = constant([3, -2], [2], "int64");
  const long = constant([0.1], [], "float64");
  const yes = constant([1, 0], [2], "bool");
  const model = exportModel({ name: "g", outputs: { whole, long, yes }, metadata: { encoder: "hashed-1" } });
  expect(Buffer.from(model).includes("hashed-1")).toBe(true);
  const session = await openSession(model);
  const results = await session.run({});
  expect(results["whole"]!.data).toEqual(BigInt64Array.of(3n, -2n));
  expect(results["long"]!.data).toEqual(Float64Array.of(0.1));
  expect(results["yes"]!.data).toEqual(Uint8Array.of(1, 0));
  await session.dispose();
});

test("the same graph is written as the same bytes", () => {
  expect(exportModel({ name: "g", outputs })).toEqual(exportModel({ name: "g", outputs }));
});

test("weights that do not fit their parameter are refused", () => {
  const values = { w: float([1, 2, 3], [3, 1]) };
  expect(() => exportModel({ name: "g", outputs, values })).toThrow(
    "Parameter w is float32[2, 1] and was given 3 numbers as float32[3, 1].",
  );
});

test("a feed that is missing, unknown or misshapen is named", async () => {
  const session = await openSession(
    exportModel({ name: "g", outputs: { sum: outputs.sum }, values: { w: float([1, 1], [2, 1]) } }),
  );
  const good = { x: float([1, 2], [1, 2]), y: float([0], [1]) };
  await expect(session.run({ x: good.x })).rejects.toThrow('The model\'s input "y" was not given.');
  await expect(session.run({ ...good, z: good.y })).rejects.toThrow('The model has no input "z".');
  await expect(session.run({ ...good, y: float([0, 0], [2]) })).rejects.toThrow(
    'The model\'s input "y" is float32[n] with n = 1 and was given float32[2].',
  );
  await expect(
    session.run({ ...good, x: { dtype: "float64", shape: [1, 2], data: Float64Array.of(1, 2) } }),
  ).rejects.toThrow('The model\'s input "x" is float32[n, 2] with n = 1 and was given float64[1, 2].');
  await session.dispose();
});

test("bytes that are no model are refused in a sentence", async () => {
  await expect(openSession(Uint8Array.of(1, 2, 3))).rejects.toThrow(/^onnxruntime could not load the model: /);
});
