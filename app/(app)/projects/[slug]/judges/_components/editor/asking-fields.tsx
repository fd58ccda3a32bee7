"use client";

import { useFormContext, useWatch } from "react-hook-form";

import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import { temperatureFault, type JudgeValues } from "../judge-values";
import { CheckField, faultIn, NumberField } from "./judge-fields";

type AskingFieldsProps = {
  /** Whether the project asks for a ranking. */
  hasRanking: boolean;
  failure: Error | null;
};

/** How a question is asked: how often, with what beside it, and what may come back. */
export function AskingFields({ hasRanking, failure }: AskingFieldsProps) {
  const { control, register } = useFormContext<JudgeValues>();
  const [samples, temperature] = useWatch({ control, name: ["samples", "temperature"] });
  return (
    <>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <NumberField
          {...{ name: "samples", label: "Samples", failure }}
          hint="How often each question is asked, 1 to 15; most samples decide, and how many agree is the confidence."
        />
        <NumberField
          {...{ name: "temperature", label: "Temperature", failure, isDecimal: true }}
          fault={temperatureFault({ samples, temperature })}
          hint="0 to 2, above 0 with several samples. Empty leaves it to the provider, as models that reason want it."
        />
        <NumberField
          {...{ name: "demonstrations", label: "Examples by people", failure }}
          hint="0 to 6 answers of people that are shown before the question; never of the test split, nor of the instance itself."
        />
        <NumberField
          {...{ name: "maxOutputTokens", label: "Longest answer, tokens", failure }}
          hint="More for models that reason: what they think counts."
        />
        <Field
          label="Reasoning effort"
          error={faultIn(failure, "reasoningEffort")}
          hint="For models that reason. What they think is kept apart from what they say."
        >
          <NativeSelect {...register("reasoningEffort")}>
            <option value="">Left to the provider</option>
            <option value="low">Low</option>
            <option value="medium">Medium</option>
            <option value="high">High</option>
          </NativeSelect>
        </Field>
        {hasRanking ? (
          <Field
            label="Rankings are asked"
            error={faultIn(failure, "rankingBy")}
            hint="A tournament asks about every pair in both orders: more requests, shorter ones."
          >
            <NativeSelect {...register("rankingBy")}>
              <option value="permutations">As a whole, in two orders</option>
              <option value="tournament">Pair by pair, as a tournament</option>
            </NativeSelect>
          </Field>
        ) : null}
      </div>
      <CheckField
        {...{ name: "usesReference", label: "Show the reference answer", failure }}
        hint="Where an instance has one; what contradicts it is wrong then."
      />
      <CheckField
        {...{ name: "tokenProbabilities", label: "Ask for token probabilities", failure }}
        hint="From providers that give them: comparisons, ratings and yes or no then say how sure they are."
      />
    </>
  );
}

/** What is set, for the folded section. */
export function wordAsking({ samples, temperature, demonstrations }: JudgeValues): string {
  const said = [
    Number(samples) > 1 ? `${samples} samples` : "one sample",
    temperature.trim() === "" ? "temperature left to the provider" : `temperature ${temperature}`,
    ...(Number(demonstrations) > 0 ? [`${demonstrations} examples`] : []),
  ];
  return said.join(", ");
}
