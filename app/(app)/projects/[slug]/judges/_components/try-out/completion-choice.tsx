import { useTranslations } from "next-intl";
import { faultOf } from "@/app/_components/form-errors";
import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import type { SubjectView } from "@/lib/judges/subjects/schema";
import type { Question } from "@/lib/projects/schema";
import { nameCompletions } from "../../../_components/completion-names";
import type { TriedOn } from "./use-trial";

type Choice = Pick<TriedOn, "completion" | "pair">;

type CompletionChoiceProps = {
  type: Question["type"];
  subject: SubjectView;
  about: Choice;
  error: Error | null;
  onChange: (about: Choice) => void;
};

/** Which completion is judged, or which two are compared; a ranking is of all, and two are the only pair. */
export function CompletionChoice({ type, subject: { completions }, about, error, onChange }: CompletionChoiceProps) {
  const t = useTranslations("judges.tryOut");
  const labelWords = useTranslations("projects.labels");
  const name = nameCompletions(
    completions.map(({ outsideId }) => outsideId),
    labelWords,
  );
  if (type === "ranking" || completions.length < 2) return null;
  if (type !== "comparison") {
    return (
      <Field label={t("completion")} error={faultOf(error, "completion")} className="sm:max-w-xs">
        <NativeSelect
          value={about.completion ?? 0}
          onChange={(event) => onChange({ completion: Number(event.target.value) })}
        >
          {completions.map((_, index) => (
            <option key={index} value={index}>
              {name(index)}
            </option>
          ))}
        </NativeSelect>
      </Field>
    );
  }
  if (completions.length === 2) return null;
  return (
    <Field label={t("pair")} error={faultOf(error, "pair")} className="sm:max-w-xs">
      <NativeSelect
        value={about.pair?.join("-") ?? ""}
        onChange={({ target: { value } }) => {
          const [first, second] = value.split("-").map(Number);
          onChange(value === "" ? {} : { pair: [first!, second!] });
        }}
      >
        <option value="">{t("pairOfRun")}</option>
        {pairsOf(completions.length).map(([first, second]) => (
          <option key={`${first}-${second}`} value={`${first}-${second}`}>
            {t("pairOf", { first: name(first), second: name(second) })}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}

function pairsOf(completions: number): [number, number][] {
  const indices = Array.from({ length: completions }, (_, index) => index);
  return indices.flatMap((first) => indices.slice(first + 1).map((second): [number, number] => [first, second]));
}
