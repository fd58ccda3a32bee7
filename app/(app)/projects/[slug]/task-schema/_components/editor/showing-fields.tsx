"use client";

import { Checkbox } from "@/app/_components/ui/checkbox";
import { Section } from "@/app/_components/ui/page";
import type { Reveal, TaskSchema } from "@/lib/projects/schema";
import { nameOf, withField } from "./draft";
import { ListFault, SelectField } from "./fields";

type SchemaFieldsProps = { schema: TaskSchema; onChange: (schema: TaskSchema) => void };

const reasons = [
  { value: "off", words: "Not asked for" },
  { value: "optional", words: "Optional" },
  { value: "required", words: "Required" },
] as const;

const suggestionModes = [
  { value: "off", words: "Not shown" },
  { value: "shown", words: "Shown beside the question" },
  { value: "prefilled", words: "Filled in to begin with" },
] as const;

/** The reason for the whole, and what people see besides the completions. */
export function ShowingFields({ schema, onChange }: SchemaFieldsProps) {
  const { shows, reason, suggestions = "off", maskModelNames = false } = schema;
  return (
    <>
      <Section title="Written reason" description="For the whole submission, beside the questions.">
        <SelectField
          label="Reason"
          className="sm:max-w-xs"
          path="reason"
          value={reason}
          options={reasons}
          onChange={(value) => onChange({ ...schema, reason: value })}
        />
      </Section>
      <Section
        title="What is shown, and when"
        description="An answer that reveals a text cannot be changed afterwards."
      >
        <Checkbox
          label="Show the reference answer"
          hint="In a tab beside the prompt. It sways people; without this it is never sent to them."
          checked={shows?.reference ?? false}
          onChange={({ target }) =>
            onChange(withField(schema, "shows", target.checked ? { reference: true } : undefined))
          }
        />
        <RevealFields {...{ schema, onChange }} />
      </Section>
      <Section title="Fairness" description="What people know of a completion besides its text.">
        <Checkbox
          label="Hide the names of models in completions"
          hint="“I am Claude, made by Anthropic” is shown as “I am [name hidden], made by [name hidden]”."
          checked={maskModelNames}
          onChange={({ target }) => onChange({ ...schema, maskModelNames: target.checked })}
        />
        <SelectField
          label="AI suggestions"
          path="suggestions"
          value={suggestions}
          options={suggestionModes}
          hint="The newest answer of a judge, a reward model or an imported tool. Labels record what was suggested and whether it was taken."
          onChange={(value) => onChange({ ...schema, suggestions: value })}
        />
      </Section>
    </>
  );
}

const labels: Record<Reveal["show"], string> = {
  prompt: "Prompt or conversation",
  context: "Context",
  reference: "Reference answer",
};

/** Which texts wait for which question. */
function RevealFields({ schema, onChange }: SchemaFieldsProps) {
  const { questions, reveal = [], shows } = schema;
  return (
    <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-3">
      {(Object.keys(labels) as Reveal["show"][]).map((show) => {
        const index = reveal.findIndex((one) => one.show === show);
        const after = reveal[index]?.after ?? "";
        if (show === "reference" && !shows?.reference && after === "") return null;
        const known = questions.map((question) => ({ value: question.id, words: `After ${nameOf(question)}` }));
        const isKnown = after === "" || questions.some(({ id }) => id === after);
        return (
          <div key={show} className="grid gap-1.5">
            <SelectField
              label={labels[show]}
              path={`reveal.${index}.after`}
              value={after}
              options={[
                { value: "", words: "From the start" },
                ...known,
                ...(isKnown ? [] : [{ value: after, words: `After ${after}, which is not asked` }]),
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
