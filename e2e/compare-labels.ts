import type { LabelPayloadOf, LabelTypeName } from "@/lib/labels/schema";
import type { QuestionOf, TaskSchema } from "@/lib/projects/schema";
import { toUtf16 } from "@/lib/text/code-points";
import { widenToUnits } from "@/lib/text/mark-units";
import type { Said } from "./answer-all";
import { expect } from "./people";

/** A row of format=labels. */
export type LabelRow = Record<"question" | "aspect" | "payload" | "shown_order" | "instance_id", string> & {
  type: LabelTypeName;
  completion_ids: string[];
};

type Compared = {
  question: string;
  aspect: string;
  /** Where a completion was shown. */
  place: (completion: number) => number;
  /** What was said there; everything that was has to be looked at. */
  told: (key: string) => unknown;
  textOf: (completion: number | "prompt") => string;
  schema: TaskSchema;
};

const comparers: { [T in LabelTypeName]: (payload: LabelPayloadOf<T>, compared: Compared) => void } = {
  comparison({ pair, preferred, cannotTell, reasons }, { question, aspect, place, told }) {
    const side = preferred === "tie" ? "tie" : place(pair[preferred]);
    expect(cannotTell ? "cannot-tell" : side).toBe(told(`${question} ${aspect}`));
    if (reasons) expect(reasons).toEqual(told(`${question} ${aspect} why`));
  },
  ranking({ ranks }, { question, place, told }) {
    const shown = ranks.map((rank, completion) => ({ rank, place: place(completion) }));
    expect(shown.sort((a, b) => a.place - b.place).map(({ rank }) => rank)).toEqual(told(question));
  },
  rating({ completion, value }, { question, aspect, place, told }) {
    expect(value).toBe(told(`${question} ${aspect} ${place(completion)}`));
  },
  binary({ completion, value }, { question, place, told }) {
    expect(value).toBe(told(`${question} ${place(completion)}`));
  },
  spans({ spans }, { question, told, textOf, schema }) {
    const { categories } = schema.questions.find(({ id }) => id === question) as QuestionOf<"spans">;
    for (const { completion, start, end, category } of spans) {
      const text = textOf(completion);
      const { unit } = categories.find(({ id }) => id === category)!;
      expect(widenToUnits(text, { start, end }, unit), "whole units are marked").toMatchObject({ start, end });
      const quoted = text.slice(toUtf16(text, start), toUtf16(text, end)).split(/\s+/).join(" ");
      expect(quoted.replaceAll("**", "")).toContain(told(`${question} ${category}`));
    }
  },
  steps({ completion, steps, firstError }, { question, place, told }) {
    expect(steps.map(({ label }) => label)).toEqual(told(`${question} ${place(completion)}`));
    expect(firstError).toBe(steps.length - 1);
  },
  critique({ completion, text, rewrite, quotes }, { question, place, told, schema }) {
    expect({ text, rewrite }).toEqual(told(`${question} ${place(completion)}`));
    const asked = schema.questions.find(({ id }) => id === question) as QuestionOf<"critique">;
    expect(quotes.length).toBe(asked.quotes !== undefined && place(completion) === 0 ? 1 : 0);
  },
};

/** Compares all exported labels of one instance with what was said about it; texts by completion, and the prompt's. */
export function compareLabels(
  rows: readonly LabelRow[],
  said: Said,
  { schema, texts }: { schema: TaskSchema; texts: ReadonlyMap<number | "prompt", string> },
): void {
  const order = rows[0]!.shown_order.split("-").map(Number);
  const looked = new Set<string>();
  for (const { question, aspect, type, payload } of rows) {
    const compared: Compared = {
      ...{ question, aspect, schema },
      place: (completion) => order.indexOf(completion),
      told: (key) => {
        looked.add(key);
        return said.get(key);
      },
      textOf: (completion) => texts.get(completion)!,
    };
    const compare = comparers[type] as (payload: unknown, compared: Compared) => void;
    compare(JSON.parse(payload), compared);
  }
  expect([...looked].sort(), "all that was said is in the export").toEqual([...said.keys()].sort());
}
