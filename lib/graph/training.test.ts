import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { chooseProvider } from "./choose-provider";
import * as ops from "./ops";
import { sgd } from "./optimisers";
import { availableProviders, type Provider } from "./session";
import { softwareAdapter } from "./software-adapter";
import { input, parameter, type HostTensor } from "./tensor";
import { openTraining, stepTrial, takeSteps, type Training } from "./training";
import { initialState, trainingStep } from "./training-step";

// WebGPU without a GPU: the Vulkan driver in software that comes with Chromium.
process.env.VK_ICD_FILENAMES ??= "/usr/lib/chromium/vk_swiftshader_icd.json";

const float = (values: readonly number[], shape: readonly number[]): HostTensor => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(values),
});

const w = parameter("w", [2, 3]);
const b = parameter("b", [3]);
const x = input("x", ["n", 2]);
const loss = ops.reduceMean(ops.softplus(ops.add(ops.matMul(x, w), b)));
const start = { w: float([0.1, 0.2, -0.3, 0.4, -0.5, 0.6], [2, 3]), b: float([0, 0.1, 0.2], [3]) };
const batchAt = (step: number) => ({ x: float([step, -1, 0.5, step / 2], [2, 2]) });
const trained = [w, b].map((each) => ({ parameter: each, weightDecay: 0.01 }));
const step = trainingStep({ name: "step", loss, trained, microBatches: 2, clipNorm: 0.4, averageDecay: 0.9 });
const batches = [batchAt(1), batchAt(2)];

const open = (provider: Provider): Promise<Training> =>
  openTraining({ step, state: initialState(step, start), provider });

async function trainOn(provider: Provider) {
  const training = await open(provider);
  const losses: number[] = [];
  await takeSteps({
    training,
    steps: 5,
    batchesAt: (i) => [batchAt(i), batchAt(i + 1)],
    learningRateAt: () => 0.05,
    onStep: (progress) => void losses.push(progress.loss),
  });
  const state = await training.read();
  await training.dispose();
  return { state, losses };
}

test("a state that stays in WebGPU's buffers from step to step is the CPU's", async () => {
  const [cpu, gpu] = [await trainOn("cpu"), await trainOn("webgpu")];
  expect(gpu.state.step).toBe(5);
  cpu.losses.forEach((each, i) => expect(gpu.losses[i]).toBeCloseTo(each, 5));
  expect(Object.keys(gpu.state.tensors)).toEqual(Object.keys(cpu.state.tensors));
  for (const [name, { data }] of Object.entries(cpu.state.tensors))
    data.forEach((value, i) => expect(Number(gpu.state.tensors[name]!.data[i])).toBeCloseTo(Number(value), 5));
});

test("what was read is a copy: later steps change neither it nor the state that was given", async () => {
  const training = await open("cpu");
  const read = await training.read();
  for (let i = 0; i < 3; i++) await training.take(batches, 0.1);
  expect(read.tensors["w"]).toEqual(start.w);
  expect(start.w.data[0]).toBe(Math.fround(0.1));
  expect((await training.read()).tensors["w"]).not.toEqual(start.w);
  await training.dispose();
});

test("a step on more or fewer micro-batches than it was made for is refused", async () => {
  const training = await open("cpu");
  for (const given of [[], [batchAt(1)], [...batches, batchAt(3)]])
    await expect(training.take(given, 0.1)).rejects.toThrow(
      `step takes 2 micro-batches and was given ${given.length}.`,
    );
  expect((await training.read()).step).toBe(0);
  await training.dispose();
});

test("an aborted training ends between two steps with the signal's reason and goes on from there to the same bits", async () => {
  const whole = await trainOn("cpu");
  const training = await open("cpu");
  const abort = new AbortController();
  const reason = new Error("enough");
  const steps = { steps: 5, batchesAt: (i: number) => [batchAt(i), batchAt(i + 1)], learningRateAt: () => 0.05 };
  const onStep = ({ step: taken }: { step: number }) => (taken === 2 ? abort.abort(reason) : undefined);
  await expect(takeSteps({ training, ...steps, onStep, signal: abort.signal })).rejects.toBe(reason);
  const state = await training.read();
  await training.dispose();
  expect(state.step).toBe(2);
  const resumed = await openTraining({ step, state });
  await takeSteps({ training: resumed, ...steps, from: state.step });
  expect(await resumed.read()).toEqual(whole.state);
  await resumed.dispose();
});

test("two threads that add up the gradients of looked-up rows give the same bits every time", async () => {
  const random = seededRandom(5);
  // Sums in another order of only a few hundred rows would not show.
  const [rows, width, lookups] = [50, 384, 4096];
  const table = parameter("table", [rows, width]);
  const ids = input("ids", [lookups], "int64");
  const weights = input("weights", [lookups, width]);
  const at: HostTensor = {
    dtype: "int64",
    shape: [lookups],
    data: BigInt64Array.from({ length: lookups }, () => BigInt(Math.floor(random() * rows))),
  };
  const numbers = (shape: readonly [number, number]): HostTensor =>
    float(
      Array.from({ length: shape[0] * shape[1] }, () => random() - 0.5),
      shape,
    );
  const lookup = trainingStep({
    name: "lookup",
    loss: ops.reduceSum(ops.mul(ops.gather(table, ids), weights)),
    trained: [{ parameter: table, weightDecay: 0 }],
    optimiser: sgd(),
  });
  const state = initialState(lookup, { table: numbers([rows, width]) });
  const batch = { ids: at, weights: numbers([lookups, width]) };
  const trainedTable = async (): Promise<HostTensor> => {
    const training = await openTraining({ step: lookup, state, threads: 2 });
    await training.take([batch], 0.1);
    const { tensors } = await training.read();
    await training.dispose();
    return tensors["table"]!;
  };
  const first = await trainedTable();
  for (let i = 0; i < 4; i++) expect((await trainedTable()).data).toEqual(first.data);
});

test("opened and disposed a hundred times, a training leaves no memory behind", async () => {
  const wide = parameter("wide", [500, 500]);
  const heavy = trainingStep({
    name: "heavy",
    loss: ops.reduceMean(ops.square(wide)),
    trained: [{ parameter: wide, weightDecay: 0 }],
    optimiser: sgd(),
  });
  const state = initialState(heavy, { wide: float(Array<number>(250_000).fill(1), [500, 500]) });
  const cycle = async (): Promise<void> => {
    const training = await openTraining({ step: heavy, state });
    await training.take([{}], 0.1);
    await training.dispose();
  };
  for (let i = 0; i < 20; i++) await cycle();
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 100; i++) await cycle();
  // A hundred states of 1 MB that were kept would show.
  expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
});

/** Stands for a training whose steps last as long as the clock says. */
const aTraining = (provider: Provider, tick: () => void): Training => ({
  provider,
  take: async () => (tick(), { step: 1, loss: 0 }),
  read: async () => ({ step: 0, tensors: {} }),
  dispose: async () => {},
});

function choiceWith(given: {
  stepMs: Partial<Record<Provider, number>>;
  software?: string;
  forced?: Provider;
  available?: readonly Provider[];
}) {
  let clock = 0;
  return chooseProvider({
    available: given.available ?? ["cuda", "webgpu", "cpu"],
    forced: given.forced,
    trial: stepTrial(async (provider) => {
      const lasts = given.stepMs[provider];
      if (lasts === undefined) throw new Error(`no ${provider} device`);
      return aTraining(provider, () => (clock += lasts));
    }, []),
    softwareAdapter: () => given.software ?? null,
    now: () => clock,
  });
}

test("the provider with the fastest step is chosen, and the others are told why not", async () => {
  expect(await choiceWith({ stepMs: { webgpu: 2, cpu: 7 } })).toEqual({
    provider: "webgpu",
    stepMs: 2,
    others: [
      { provider: "cuda", reason: "no cuda device" },
      { provider: "cpu", reason: "a step takes 7.0 ms there and 2.0 ms on webgpu" },
    ],
  });
});

test("a software adapter is not chosen, however fast, unless it is forced", async () => {
  const given = { stepMs: { webgpu: 1, cpu: 7 }, software: "SwiftShader", available: ["webgpu", "cpu"] as const };
  expect(await choiceWith(given)).toEqual({
    provider: "cpu",
    stepMs: 7,
    others: [{ provider: "webgpu", reason: "its adapter is SwiftShader, which computes in software" }],
  });
  expect((await choiceWith({ ...given, forced: "webgpu" })).provider).toBe("webgpu");
  await expect(choiceWith({ ...given, forced: "cuda" })).rejects.toThrow("onnxruntime has no cuda provider");
});

test("a CPU that does not work is an error, not a reason", async () => {
  await expect(choiceWith({ stepMs: { webgpu: 1 } })).rejects.toThrow("no cpu device");
});

test("where there is only the CPU, nothing is opened to choose it", async () => {
  const choice = await choiceWith({ stepMs: {}, available: ["cpu"] });
  expect(choice).toEqual({ provider: "cpu", stepMs: null, others: [] });
});

test("the adapter is told from the drivers that are loaded and the devices that are there", () => {
  const [swift, llvm] = ["/usr/lib/chromium/libvk_swiftshader.so", "/usr/lib/libvulkan_lvp.so"];
  const loader = "/usr/lib/libvulkan.so.1";
  const radeon = "/usr/lib/libvulkan_radeon.so";
  expect(softwareAdapter({ mappedFiles: `${loader}\n${swift}`, hasGpu: false })).toBe("SwiftShader");
  // A GPU that the loader was told not to use.
  expect(softwareAdapter({ mappedFiles: `${loader}\n${swift}`, hasGpu: true })).toBe("SwiftShader");
  // Mesa's drivers are loaded together, whatever the machine has.
  expect(softwareAdapter({ mappedFiles: `${loader}\n${radeon}\n${llvm}`, hasGpu: false })).toBe("llvmpipe");
  expect(softwareAdapter({ mappedFiles: `${loader}\n${radeon}\n${llvm}`, hasGpu: true })).toBeNull();
  expect(softwareAdapter({ mappedFiles: `${loader}\n${radeon}`, hasGpu: true })).toBeNull();
});

test("this machine's WebGPU is found out to be software", async () => {
  const choice = await chooseProvider({
    available: availableProviders(),
    trial: stepTrial(open, batches),
    softwareAdapter: () => softwareAdapter({ mappedFiles: readFileSync("/proc/self/maps", "utf8"), hasGpu: false }),
    now: () => performance.now(),
  });
  expect(choice.provider).toBe("cpu");
  expect(choice.others).toContainEqual({
    provider: "webgpu",
    reason: "its adapter is SwiftShader, which computes in software",
  });
});
