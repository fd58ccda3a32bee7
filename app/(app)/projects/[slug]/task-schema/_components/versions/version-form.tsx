import { useTranslations } from "next-intl";
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
  const t = useTranslations("taskSchema.versions");
  const options = versions.map((version) => (
    <option key={version} value={version}>
      {t("one", { version })}
    </option>
  ));
  return (
    <form aria-label={t("form")} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="of" value={of} />
      <Field label={t("older")} className="w-36">
        <NativeSelect name="from" defaultValue={from}>
          {options}
        </NativeSelect>
      </Field>
      <Field label={t("newer")} className="w-36">
        <NativeSelect name="to" defaultValue={to}>
          {options}
        </NativeSelect>
      </Field>
      <Button type="submit">{t("compare")}</Button>
    </form>
  );
}
