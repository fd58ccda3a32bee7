import { RelativeTime } from "@/app/_components/ui/time";
import type { PolicyView } from "@/lib/routing/schema";

/** The policy in one sentence. */
export function CurrentPolicy({ current: { version, policy, sentence, createdAt } }: { current: PolicyView }) {
  return (
    <section aria-label="Current policy" className="grid gap-1 border-l-2 border-primary/60 pl-4">
      <p className="max-w-[60ch] text-base leading-6 font-medium text-balance">{sentence}</p>
      <p className="text-[0.8125rem] text-muted-foreground">
        Policy {version}, applied <RelativeTime value={createdAt} />. In a consensus an AI&rsquo;s vote counts{" "}
        {policy.lmWeight} where a person&rsquo;s counts 1.
      </p>
    </section>
  );
}
