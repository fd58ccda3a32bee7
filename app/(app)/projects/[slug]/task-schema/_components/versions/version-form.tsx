import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";

type VersionFormProps = {
  /** Newest first. */
  versions: number[];
  from: number;
  to: number;
  /** Which texts the versions are of, as the address has it. */
  of: string;
};

/** Which two versions are compared; a plain form, whose answer is an address. */
export function VersionForm({ versions, from, to, of }: VersionFormProps) {
  const options = versions.map((version) => (
    <option key={version} value={version}>
      Version {version}
    </option>
  ));
  return (
    <form aria-label="Versions to compare" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="of" value={of} />
      <Field label="Older" className="w-36">
        <NativeSelect name="from" defaultValue={from}>
          {options}
        </NativeSelect>
      </Field>
      <Field label="Newer" className="w-36">
        <NativeSelect name="to" defaultValue={to}>
          {options}
        </NativeSelect>
      </Field>
      <Button type="submit">Compare</Button>
    </form>
  );
}
