import { expect, test } from "vitest";
import { gpuDevices, tried } from "./fastest-provider";

test("a GPU is told by its device file, and not by what merely drives a screen", () => {
  const gpus = ["renderD128", "nvidia0", "dxg", "kgsl-3d0", "mali0"];
  expect(gpuDevices(["null", "card0", "fb0", "nvidiactl", "nvidia-uvm", ...gpus])).toEqual(gpus);
});

test("without a GPU only the CPU is tried, unless a provider is forced", () => {
  const all = ["cuda", "webgpu", "cpu"] as const;
  expect(tried({ all, hasGpu: true, isForced: false })).toEqual({ available: [...all], idle: [] });
  expect(tried({ all, hasGpu: false, isForced: false })).toEqual({ available: ["cpu"], idle: ["cuda", "webgpu"] });
  expect(tried({ all, hasGpu: false, isForced: true })).toEqual({ available: [...all], idle: [] });
});
