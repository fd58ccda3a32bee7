import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { RelativeTime } from "@/app/_components/ui/time";
import type { PolicyView } from "@/lib/routing/schema";

type CurrentPolicyProps = { current: PolicyView; currency: string };

/** The policy in one sentence. */
export function CurrentPolicy({ current, currency }: CurrentPolicyProps) {
  const t = useTranslations("routing.current");
  const numbers = useNumbers();
  const { version, policy, sentence, createdAt, cause } = current;
  const pacing = "pacing" in policy ? policy.pacing : null;
  return (
    <section aria-label={t("label")} className="grid gap-1 border-s-2 border-primary/60 ps-4">
      <p className="max-w-[60ch] text-base leading-6 font-medium text-balance">{sentence}</p>
      {cause === null ? null : <p className="max-w-[72ch]">{cause}</p>}
      <p className="text-[0.8125rem] text-muted-foreground">
        {t.rich("applied", {
          version,
          weight: policy.lmWeight,
          time: () => <RelativeTime value={createdAt} />,
        })}
        {pacing === null
          ? null
          : ` ${t("pacing", { money: numbers.money(pacing.micros, currency), from: pacing.startsOn, to: pacing.endsOn })}`}
      </p>
    </section>
  );
}
