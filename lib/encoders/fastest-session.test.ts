import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { ProviderChoice } from "@/lib/graph/choose-provider";
import { exportModel } from "@/lib/graph/export";
import { add } from "@/lib/graph/ops";
import { openSession, type Provider, type Session } from "@/lib/graph/session";
import { constant } from "@/lib/graph/tensor";
import { distance, fastestSession, providerTolerance, type EncodingTrial } from "./fastest-session";

/** Stands for a provider: whatever it is given, its vector has this angle. */
const openAt = (angle: number): Promise<Session> => {
  const vector = add(constant([Math.cos(angle), Math.sin(angle)], [2]), 0);
  return openSession(exportModel({ name: "angle", outputs: { vector } }));
};

const vectorsBy = async (session: Session): Promise<Float32Array[]> => [
  (await session.run({}))["vector"]!.data as Float32Array,
];

/** Opens WebGPU, at an angle, to do the trial, and chooses what is said whatever comes of it. */
async function settle({ angle, choice }: { angle: number; choice: ProviderChoice | null }) {
  const tried: string[] = [];
  const opened: Provider[] = [];
  const cpu = await openAt(0);
  const settled = await fastestSession({
    ...{ cpu, vectorsBy, isFull: true },
    open: (provider) => (opened.push(provider), openAt(angle)),
    choose: async (trial: EncodingTrial) => {
      for (const provider of ["webgpu", "cpu"] as const) {
        const { run, dispose } = await trial.open(provider);
        await run().then(
          () => tried.push(`${provider} is the same`),
          (error: Error) => tried.push(error.message),
        );
        await dispose();
      }
      return choice;
    },
  });
  return { cpu, settled, tried, opened };
}

const webgpu: ProviderChoice = { provider: "webgpu", stepMs: 2, others: [{ provider: "cpu", reason: "it was slow" }] };
const refusal = "its vectors, of length 1, lie up to 0.0020 from those of the CPU, and 0.001 is allowed";

test("vectors that are the CPU's within the tolerance are taken from where they come fastest", async () => {
  const { cpu, settled, tried } = await settle({ angle: providerTolerance / 2, choice: webgpu });
  expect(tried).toEqual(["webgpu is the same", "cpu is the same"]);
  expect(settled!.choice).toEqual(webgpu);
  expect(distance((await vectorsBy(settled!.session))[0]!, (await vectorsBy(cpu))[0]!)).toBeCloseTo(0.0005, 5);
  await settled!.session.dispose();
  await cpu.dispose();
});

test("a provider with other vectors is told apart while it is tried, and refused although it was asked for", async () => {
  const { cpu, settled, tried } = await settle({ angle: 2 * providerTolerance, choice: webgpu });
  expect(tried).toEqual([refusal, "cpu is the same"]);
  expect(settled!.session).toBe(cpu);
  expect(settled!.choice).toEqual({
    provider: "cpu",
    stepMs: null,
    others: [{ provider: "webgpu", reason: refusal }],
  });
  await cpu.dispose();
});

test("a provider that does not open any more leaves it to the CPU, with the reason", async () => {
  const cpu = await openAt(0);
  const settled = await fastestSession({
    ...{ cpu, vectorsBy, isFull: true, choose: async () => webgpu },
    open: () => Promise.reject(new AppError("internal", "the device is lost")),
  });
  const others = [{ provider: "webgpu", reason: "the device is lost" }];
  expect(settled).toEqual({ session: cpu, choice: { provider: "cpu", stepMs: null, others } });
  await cpu.dispose();
});

test("where nothing or the CPU is chosen, the session stays that is there", async () => {
  const later = await settle({ angle: 0, choice: null });
  expect(later.settled).toBeNull();
  const choice: ProviderChoice = { provider: "cpu", stepMs: 1, others: [] };
  const { cpu, settled, opened } = await settle({ angle: 0, choice });
  expect(settled).toEqual({ session: cpu, choice });
  expect(opened).toEqual(["webgpu"]);
  expect(await vectorsBy(cpu)).toEqual([Float32Array.of(1, 0)]);
  await Promise.all([later.cpu.dispose(), cpu.dispose()]);
});
