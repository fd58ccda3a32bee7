import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";

/** What a fit is made with, as it is typed. */
export type FitValues = { mixes: string; hidden: number; seed: string };

export const usualFit: FitValues = { mixes: "500", hidden: 0, seed: "1" };

/** Widths of the proxies' hidden layer that are offered; 0 for linear ones. */
const widths = [0, 8, 16, 32, 64];

type FitOptionsProps = { values: FitValues; onChange: (change: Partial<FitValues>) => void };

/** For who wants to know it more exactly, or repeat it. */
export function FitOptions({ values, onChange }: FitOptionsProps) {
  const faults = fitFaults(values);
  return (
    <details className="[&[open]>summary]:mb-3">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">Mixes, proxy models and seed</summary>
      <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-3">
        <Field label="Mixes" hint="More are surer and take longer." error={faults.mixes}>
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={values.mixes}
            onChange={({ target }) => onChange({ mixes: target.value })}
          />
        </Field>
        <Field label="Proxy models" hint="Linear ones learn from few pairs and take seconds.">
          <NativeSelect value={values.hidden} onChange={({ target }) => onChange({ hidden: Number(target.value) })}>
            {widths.map((width) => (
              <option key={width} value={width}>
                {width === 0 ? "Linear" : `With a hidden layer of ${width}`}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label="Seed" hint="The same labels and seed give the same fit." error={faults.seed}>
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={values.seed}
            onChange={({ target }) => onChange({ seed: target.value })}
          />
        </Field>
      </div>
    </details>
  );
}

/** What is wrong with the fields; nothing when a fit can be made with them. */
export function fitFaults({ mixes, seed }: FitValues): { mixes?: string; seed?: string } {
  return {
    ...(!isWhole(mixes, 50, 2000) && { mixes: "Must be a whole number from 50 to 2000." }),
    ...(!isWhole(seed, 0, 2_147_483_647) && { seed: "Must be a whole number from 0 to 2147483647." }),
  };
}

function isWhole(text: string, least: number, most: number): boolean {
  return text.trim() !== "" && Number.isInteger(Number(text)) && Number(text) >= least && Number(text) <= most;
}
