"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Section } from "@/app/_components/ui/page";
import type { Reveal, TaskSchema } from "@/lib/projects/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import { withField } from "./draft";
import { ListFault, SelectField } from "./fields";

type SchemaFieldsProps = { schema: TaskSchema; onChange: (schema: TaskSchema) => void };

const reasons = ["off", "optional", "required"] as const;

const suggestionModes = ["off", "shown", "prefilled"] as const;

/** The reason for the whole, and what people see besides the completions. */
export function ShowingFields({ schema, onChange }: SchemaFieldsProps) {
  const t = useTranslations("taskSchema.showing");
  const words = useTranslations("projectForms");
  const { shows, reason, suggestions = "off", maskModelNames = false } = schema;
  return (
    <>
      <Section title={words("question.reason")} description={t("reasonPurpose")}>
        <SelectField
          label={t("reason")}
          className="sm:max-w-xs"
          path="reason"
          value={reason}
          options={reasons.map((value) => ({ value, words: words(`question.${value}`) }))}
          onChange={(value) => onChange({ ...schema, reason: value })}
        />
      </Section>
      <Section title={t("title")} description={t("purpose")}>
        <Checkbox
          label={t("reference")}
          hint={t("referenceHint")}
          checked={shows?.reference ?? false}
          onChange={({ target }) =>
            onChange(withField(schema, "shows", target.checked ? { reference: true } : undefined))
          }
        />
        <RevealFields {...{ schema, onChange }} />
      </Section>
      <Section title={words("fairness.title")} description={words("fairness.purpose")}>
        <Checkbox
          label={words("fairness.mask")}
          hint={words("fairness.maskHint")}
          checked={maskModelNames}
          onChange={({ target }) => onChange({ ...schema, maskModelNames: target.checked })}
        />
        <SelectField
          label={words("fairness.suggestions")}
          path="suggestions"
          value={suggestions}
          options={suggestionModes.map((value) => ({ value, words: words(`fairness.${value}`) }))}
          hint={t("suggestionsHint")}
          onChange={(value) => onChange({ ...schema, suggestions: value })}
        />
      </Section>
    </>
  );
}

const texts: readonly Reveal["show"][] = ["prompt", "context", "reference"];

/** Which texts wait for which question. */
function RevealFields({ schema, onChange }: SchemaFieldsProps) {
  const t = useTranslations("taskSchema.showing");
  const { questions, reveal = [], shows } = schema;
  return (
    <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-3">
      {texts.map((show) => {
        const index = reveal.findIndex((one) => one.show === show);
        const after = reveal[index]?.after ?? "";
        if (show === "reference" && !shows?.reference && after === "") return null;
        const known = questions.map((question) => ({
          value: question.id,
          words: t("after", { name: nameOfQuestion(question) }),
        }));
        const isKnown = after === "" || questions.some(({ id }) => id === after);
        return (
          <div key={show} className="grid gap-1.5">
            <SelectField
              label={t(`texts.${show}`)}
              path={`reveal.${index}.after`}
              value={after}
              options={[
                { value: "", words: t("fromStart") },
                ...known,
                ...(isKnown ? [] : [{ value: after, words: t("afterUnknown", { id: after }) }]),
              ]}
              onChange={(id) => onChange({ ...schema, reveal: withReveal(reveal, show, id) })}
            />
            <ListFault path={`reveal.${index}.show`} />
          </div>
        );
      })}
    </div>
  );
}

function withReveal(reveal: Reveal[], show: Reveal["show"], after: string): Reveal[] {
  if (after === "") return reveal.filter((one) => one.show !== show);
  const known = reveal.some((one) => one.show === show);
  return known ? reveal.map((one) => (one.show === show ? { show, after } : one)) : [...reveal, { show, after }];
}
