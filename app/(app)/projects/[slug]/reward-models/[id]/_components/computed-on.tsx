import type { RewardModelView } from "@/lib/reward/schema";

type Choice = NonNullable<RewardModelView["metrics"]["provider"]>;

const names: Record<Choice["provider"], string> = { cuda: "CUDA", webgpu: "WebGPU", cpu: "the CPU" };

/** Where something was computed, and why not elsewhere. */
export function ComputedOn({ choice: { provider, stepMs, others } }: { choice: Choice }) {
  const took = stepMs === null ? "" : `, ${stepMs.toFixed(1)} ms a time`;
  return (
    <span>
      On {names[provider]}
      {took}
      {others.map((other) => (
        <span key={other.provider} className="block text-[0.8125rem] text-muted-foreground [overflow-wrap:anywhere]">
          Not on {names[other.provider]}: {other.reason}
        </span>
      ))}
    </span>
  );
}
