import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";

/** Which days the page is about; they stand in its address. */
export function PeriodForm({ from, to }: { from: string; to: string }) {
  return (
    <form className="flex flex-wrap items-end gap-3" aria-label="Days">
      <Field label="From">
        <Input type="date" name="from" defaultValue={from} max={to} />
      </Field>
      <Field label="To">
        <Input type="date" name="to" defaultValue={to} />
      </Field>
      <Button type="submit">Show</Button>
    </form>
  );
}
