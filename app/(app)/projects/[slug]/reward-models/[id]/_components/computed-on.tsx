import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { RewardModelView } from "@/lib/reward/schema";

type Choice = NonNullable<RewardModelView["metrics"]["provider"]>;

/** Where something was computed, and why not elsewhere. */
export function ComputedOn({ choice: { provider, stepMs, others } }: { choice: Choice }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const names: Record<Choice["provider"], string> = { cuda: "CUDA", webgpu: "WebGPU", cpu: t("madeFrom.cpu") };
  return (
    <span>
      {stepMs === null
        ? t("madeFrom.on", { provider: names[provider] })
        : t("madeFrom.onTimed", { provider: names[provider], ms: numbers.fixed(stepMs, 1) })}
      {others.map((other) => (
        <span key={other.provider} className="block text-[0.8125rem] text-muted-foreground [overflow-wrap:anywhere]">
          {t("madeFrom.notOn", { provider: names[other.provider], reason: other.reason })}
        </span>
      ))}
    </span>
  );
}
