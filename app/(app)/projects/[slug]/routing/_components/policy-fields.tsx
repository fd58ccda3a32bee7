import { cn } from "@/app/_components/ui/cn";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { hasHumanShare, type FormKind, type PolicyFaults, type PolicyValues } from "./policy-values";

const kinds: { kind: FormKind; label: string; hint: string }[] = [
  { kind: "all-human", label: "All to people", hint: "Every instance goes to the annotators." },
  { kind: "all-ai", label: "All to AI", hint: "Every instance goes to the judges that are switched on." },
  { kind: "random", label: "Random share", hint: "A share drawn at random goes to people, the rest to AI." },
  {
    kind: "uncertainty",
    label: "Uncertainty",
    hint: "People get those on which the members of the reward model disagree most, the rest goes to AI.",
  },
];

type PolicyFieldsProps = {
  values: PolicyValues;
  faults: PolicyFaults;
  onChange: (change: Partial<PolicyValues>) => void;
};

export function PolicyFields({ values, faults, onChange }: PolicyFieldsProps) {
  const text = (name: keyof PolicyFaults) => ({
    inputMode: "decimal" as const,
    autoComplete: "off",
    className: "max-w-40",
    value: values[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  return (
    <div className="grid grid-cols-1 content-start gap-4">
      <KindChoice kind={values.kind} onChange={(kind) => onChange({ kind })} />
      {hasHumanShare(values.kind) ? (
        <Field
          label="Share for people, %"
          error={faults.human}
          hint="Of the instances that are not drawn for both. AI gets the rest."
        >
          <Input {...text("human")} />
        </Field>
      ) : null}
      <Field
        label="Share for both, %"
        error={faults.dual}
        hint="Drawn at random before anything else, and labelled by people and AI. This sample tells without bias how far they agree."
      >
        <Input {...text("dual")} />
      </Field>
      <details className="grid gap-4 [&[open]>summary]:mb-3">
        <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">Weight of AI and seed</summary>
        <div className="grid grid-cols-1 gap-4">
          <Field
            label="Weight of an AI's vote"
            error={faults.lmWeight}
            hint="In a consensus, where a person's vote counts 1. With 0 only people count."
          >
            <Input {...text("lmWeight")} />
          </Field>
          <Field
            label="Seed"
            error={faults.seed}
            hint="With the version it decides every draw, so that the draws can be repeated."
          >
            <Input {...text("seed")} inputMode="numeric" />
          </Field>
        </div>
      </details>
    </div>
  );
}

function KindChoice({ kind: chosen, onChange }: { kind: FormKind; onChange: (kind: FormKind) => void }) {
  return (
    <fieldset className="grid grid-cols-1 gap-2 sm:grid-cols-2">
      <legend className="mb-1.5 text-[0.8125rem] leading-5 font-medium">Policy</legend>
      {kinds.map(({ kind, label, hint }) => (
        <label
          key={kind}
          className={cn(
            "flex cursor-pointer items-start gap-2.5 rounded-md border px-3 py-2.5 hover:bg-accent",
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
            onChange={() => onChange(kind)}
            className="mt-1 accent-primary"
          />
          <span>
            <span className="font-medium">{label}</span>
            <span id={`policy-${kind}`} className="block text-[0.8125rem] leading-5 text-muted-foreground">
              {hint}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
