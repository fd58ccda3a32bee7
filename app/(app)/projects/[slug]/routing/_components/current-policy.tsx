import { formatMoney } from "@/app/_components/ui/numbers";
import { RelativeTime } from "@/app/_components/ui/time";
import type { PolicyPayload, PolicyView } from "@/lib/routing/schema";

type CurrentPolicyProps = { current: PolicyView; currency: string };

/** The policy in one sentence. */
export function CurrentPolicy({ current, currency }: CurrentPolicyProps) {
  const { version, policy, sentence, createdAt, cause } = current;
  return (
    <section aria-label="Current policy" className="grid gap-1 border-l-2 border-primary/60 pl-4">
      <p className="max-w-[60ch] text-base leading-6 font-medium text-balance">{sentence}</p>
      {cause === null ? null : <p className="max-w-[72ch]">{cause}</p>}
      <p className="text-[0.8125rem] text-muted-foreground">
        Policy {version}, applied <RelativeTime value={createdAt} />. In a consensus an AI&rsquo;s vote counts{" "}
        {policy.lmWeight} where a person&rsquo;s counts 1.{wordPacing(policy, currency)}
      </p>
    </section>
  );
}

function wordPacing(policy: PolicyPayload, currency: string): string {
  const pacing = "pacing" in policy ? policy.pacing : null;
  if (pacing === null) return "";
  return ` It spends ${formatMoney(pacing.micros, currency)} from ${pacing.startsOn} to ${pacing.endsOn}, the share following every day.`;
}
