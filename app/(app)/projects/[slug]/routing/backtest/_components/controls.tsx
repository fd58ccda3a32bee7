import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import type { BacktestProps } from "./backtest";
import { type Choice, hasCosts, isDoubtful, measuresOf } from "./choice";
import { acrossWords, type CurveName, curveLooks, measureWords } from "./curve-looks";
import type { Across, Measure } from "./curves";
import { PercentField } from "./percent-field";
import { PlanForm } from "./plan-form";

type ControlsProps = Pick<BacktestProps, "slug" | "fit" | "routing" | "currency" | "canManage"> & {
  choice: Choice;
  onChange: (changed: Partial<Choice>) => void;
};

/** The policy that is in force, and the one to look at with its budget. */
export function Controls({ slug, fit: { report }, routing, currency, canManage, choice, onChange }: ControlsProps) {
  const policies = report.backtest.curves.map(({ policy }) => policy).filter((policy) => policy !== "oracle");
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-4 sm:max-xl:grid-cols-2">
      <section
        aria-label="Current policy"
        className="grid gap-1 border-l-2 border-primary/60 pl-3 sm:max-xl:col-span-2"
      >
        <p className="leading-6 font-medium text-balance">{routing.current.sentence}</p>
        <p className="text-[0.8125rem] text-muted-foreground">Policy {routing.current.version} applies now.</p>
      </section>
      <Field label="Look at">
        <NativeSelect value={choice.policy} onChange={({ target }) => onChange({ policy: target.value as CurveName })}>
          {policies.map((policy) => (
            <option key={policy} value={policy}>
              {curveLooks[policy].label}
              {isDoubtful(policy, report) ? " (not to be trusted)" : ""}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <PercentField
        label="Share for people, %"
        hint="The same as the slider’s."
        value={choice.share}
        onChange={(share) => onChange({ share })}
      />
      <PercentField
        label="Share for both, %"
        hint="Drawn before anything else; tells without bias how it goes."
        value={choice.dualShare}
        onChange={(dualShare) => onChange({ dualShare })}
      />
      <Field label="Measured by" hint={measureWords[choice.measure].hint}>
        <NativeSelect value={choice.measure} onChange={({ target }) => onChange({ measure: target.value as Measure })}>
          {measuresOf(report).map((measure) => (
            <option key={measure} value={measure}>
              {measureWords[measure].label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field label="Against" hint={hasCosts(report) ? undefined : "There are no prices to draw cost by."}>
        <NativeSelect
          value={choice.across}
          disabled={!hasCosts(report)}
          onChange={({ target }) => onChange({ across: target.value as Across })}
        >
          {Object.entries(acrossWords).map(([across, label]) => (
            <option key={across} value={across}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {canManage ? (
        <PlanForm {...{ slug, currency }} policy={choice.policy} onShare={(share) => onChange({ share })} />
      ) : null}
    </div>
  );
}
