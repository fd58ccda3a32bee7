import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { add, mul, reduceSum } from "./ops";
import { adamW, clipByGlobalNorm, sgd } from "./optimisers";
import { input, parameter, type HostTensor } from "./tensor";
import { openTraining, takeSteps } from "./training";
import { initialState, trainingStep } from "./training-step";

type Numbers = { a: number[]; b: number[] };
type Golden = {
  rates: number[];
  start: Numbers;
  gradients: Numbers[][];
  steps: Record<string, Numbers[]>;
};

/** Steps of PyTorch's optimisers, recorded by the script beside it. */
const golden = JSON.parse(readFileSync(`${import.meta.dirname}/optimisers-golden.json`, "utf8")) as Golden;

const a = parameter("a", [2, 3], "float64");
const b = parameter("b", [2, 1], "float64");
const host = (values: readonly number[], { shape }: { shape: readonly unknown[] }): HostTensor => ({
  dtype: "float64",
  shape: shape as number[],
  data: Float64Array.from(values),
});
const hosts = (names: [string, string], { a: first, b: second }: Numbers): Record<string, HostTensor> => ({
  [names[0]]: host(first, a),
  [names[1]]: host(second, b),
});

const trained = (decay: number, scales = [1, 1]) => [
  { parameter: a, weightDecay: decay, learningRateScale: scales[0]! },
  { parameter: b, weightDecay: 0, learningRateScale: scales[1]! },
];

const momentum = sgd({ momentum: 0.9 });
const cases: Record<string, Omit<Parameters<typeof trainingStep>[0], "name" | "loss">> = {
  adamW: { trained: trained(0.1), optimiser: adamW() },
  sgd: { trained: trained(0), optimiser: sgd() },
  momentum: { trained: trained(0.05), optimiser: momentum },
  clipped: { trained: trained(0), optimiser: momentum, clipNorm: 0.7 },
  clippedMembers: { trained: trained(0), optimiser: momentum, clipNorm: 0.7, members: 2 },
  microBatches: { trained: trained(0.1), microBatches: 2 },
  average: { trained: trained(0.1), averageDecay: 0.9 },
  scaled: { trained: trained(0.1, [0.3, 1]) },
  frozen: { trained: trained(0.1, [1, 0]) },
};

test.each(Object.entries(cases))("six steps of %s are those of PyTorch", async (name, options) => {
  const ga = input("ga", [2, 3], "float64");
  const gb = input("gb", [2, 1], "float64");
  const loss = add(reduceSum(mul(a, ga)), reduceSum(mul(b, gb)));
  const step = trainingStep({ name: "step", loss, ...options });
  const training = await openTraining({ step, state: initialState(step, hosts(["a", "b"], golden.start)) });
  const suffix = options.averageDecay === undefined ? "" : ".average";
  await takeSteps({
    training,
    steps: golden.rates.length,
    batchesAt: (i) => golden.gradients[i - 1]!.slice(0, step.microBatches).map((each) => hosts(["ga", "gb"], each)),
    learningRateAt: (i) => golden.rates[i - 1]!,
    async onStep({ step: i }) {
      const { tensors } = await training.read();
      for (const key of ["a", "b"] as const) {
        const expected = golden.steps[name]![i - 1]![key];
        Array.from(tensors[key + suffix]!.data, Number).forEach((value, j) =>
          expect(value).toBeCloseTo(expected[j]!, 12),
        );
      }
    },
  });
  await training.dispose();
});

test("what is frozen is carried along with nothing remembered of it", () => {
  const loss = add(reduceSum(a), reduceSum(b));
  const { state, definition } = trainingStep({ name: "step", loss, trained: trained(0, [1, 0]) });
  expect(state.map(({ name }) => name)).toEqual(["a", "a.m", "a.v", "b"]);
  expect(Object.keys(definition.outputs)).toEqual(["loss", "a.next", "a.m.next", "a.v.next"]);
  expect(() => trainingStep({ name: "step", loss, trained: trained(0, [0, 0]) })).toThrow("step trains no parameter");
});

test("members cannot be clipped where a gradient does not lead with them", () => {
  expect(() => clipByGlobalNorm([a, parameter("c", [3], "float64")], 1, 2)).toThrow(
    "c does not lead with the 2 members of the ensemble.",
  );
});
