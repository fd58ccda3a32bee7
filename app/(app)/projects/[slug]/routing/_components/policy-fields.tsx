import { cn } from "@/app/_components/ui/cn";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { PolicyKind } from "@/lib/routing/schema";
import { PacingFields } from "./pacing-fields";
import { textOf, type PolicyFieldsProps } from "./policy-fields-props";
import { type FitState, kindLooks, whyNot } from "./policy-kinds";
import { hasHumanShare, hasPromise, withKind } from "./policy-values";
import { PromiseFields } from "./promise-fields";

const kinds = Object.keys(kindLooks) as PolicyKind[];

export function PolicyFields(props: PolicyFieldsProps) {
  const { values, faults, fit, judges, currency, onChange } = props;
  return (
    <div className="grid grid-cols-1 content-start gap-4">
      <KindChoice kind={values.kind} fit={fit} onChange={(kind) => onChange(withKind(values, kind))} />
      {hasHumanShare(values.kind) ? (
        <>
          <Field
            label="Share for people, %"
            error={faults.human}
            hint={
              values.isPaced
                ? "At first. It follows the money from the first day on."
                : "Of the instances that are not drawn for both. AI gets the rest."
            }
          >
            <Input {...textOf("human", props)} />
          </Field>
          <PacingFields {...{ values, faults, currency, onChange }} />
        </>
      ) : null}
      {hasPromise(values.kind) ? <PromiseFields {...{ values, faults, judges, onChange }} /> : null}
      <Field
        label="Share for both, %"
        error={faults.dual}
        hint="Drawn at random before anything else, and labelled by people and AI. This sample tells without bias how far they agree."
      >
        <Input {...textOf("dual", props)} />
      </Field>
      <WeightAndSeed {...props} />
    </div>
  );
}

function WeightAndSeed(props: PolicyFieldsProps) {
  const { faults } = props;
  return (
    <details className="grid gap-4 [&[open]>summary]:mb-3">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">Weight of AI and seed</summary>
      <div className="grid grid-cols-1 gap-4">
        <Field
          label="Weight of an AI's vote"
          error={faults.lmWeight}
          hint="In a consensus, where a person's vote counts 1. With 0 only people count."
        >
          <Input {...textOf("lmWeight", props)} />
        </Field>
        <Field
          label="Seed"
          error={faults.seed}
          hint="With the version it decides every draw, so that the draws can be repeated."
        >
          <Input {...textOf("seed", props)} inputMode="numeric" />
        </Field>
      </div>
    </details>
  );
}

type KindChoiceProps = { kind: PolicyKind; fit: FitState; onChange: (kind: PolicyKind) => void };

function KindChoice({ kind: chosen, fit, onChange }: KindChoiceProps) {
  return (
    <fieldset className="grid grid-cols-1 gap-2 sm:grid-cols-2">
      <legend className="mb-1.5 text-[0.8125rem] leading-5 font-medium">Policy</legend>
      {kinds.map((kind) => {
        const { label, hint } = kindLooks[kind];
        const reason = kind === chosen ? null : whyNot(kind, fit);
        return (
          <label
            key={kind}
            className={cn(
              "flex items-start gap-2.5 rounded-md border px-3 py-2.5",
              reason === null ? "cursor-pointer hover:bg-accent" : "cursor-not-allowed border-dashed",
              kind === chosen && "border-primary/60 bg-accent",
            )}
          >
            <input
              type="radio"
              name="kind"
              aria-label={label}
              aria-describedby={`policy-${kind}`}
              value={kind}
              checked={kind === chosen}
              disabled={reason !== null}
              onChange={() => onChange(kind)}
              className="mt-1 accent-primary"
            />
            <span>
              <span className="font-medium">{label}</span>
              <span id={`policy-${kind}`} className="block text-[0.8125rem] leading-5 text-muted-foreground">
                {hint} {reason}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
