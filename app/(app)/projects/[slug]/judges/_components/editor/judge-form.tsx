"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { FormProvider, useForm, useWatch, type Control } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { FormAlert } from "@/app/_components/form-errors";
import { refreshList } from "@/app/_components/list-query";
import { Button } from "@/app/_components/ui/button";
import type { JudgeView, LmJudgeView } from "@/lib/judges/schema";
import type { SubjectView } from "@/lib/judges/subjects/schema";
import type { Question } from "@/lib/projects/schema";
import { configOf, keyOf, temperatureFault, valuesOf, type JudgeValues } from "../judge-values";
import { reportKey } from "../report-query";
import { TryOut } from "../try-out/try-out";
import { useTrial } from "../try-out/use-trial";
import { AskingFields, wordAsking } from "./asking-fields";
import { ChangeNotice } from "./change-notice";
import { FormSection } from "./form-section";
import { faultIn, pathOf } from "./judge-fields";
import { LimitFields, PriceFields, wordLimits, wordPrices } from "./money-fields";
import { ProviderFields } from "./provider-fields";
import { QuestionFields } from "./question-fields";

type JudgeFormProps = {
  slug: string;
  /** Null for a new one. */
  judge: LmJudgeView | null;
  rubric: string;
  /** Those of the project's task schema. */
  questions: Question[];
  /** Settings whose change alone makes no version. */
  operational: readonly string[];
  currency: string;
  /** An instance to try it on; null where none can be judged. */
  firstSubject: SubjectView | null;
};

/** A judge's settings, to be tried on instances and saved. */
export function JudgeForm({ slug, judge, firstSubject, ...rest }: JudgeFormProps) {
  const t = useTranslations("judges");
  const form = useForm<JudgeValues>({ defaultValues: valuesOf(judge, rest.rubric) });
  const save = useSave(slug, judge);
  const trial = useTrial(slug, judge);
  const failure = save.error ?? trial.error;
  return (
    <FormProvider {...form}>
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-8 xl:grid-cols-[minmax(0,27rem)_minmax(0,1fr)]">
        <form
          noValidate
          aria-label={t("editor.settings")}
          onSubmit={form.handleSubmit((values) => {
            trial.reset();
            save.mutate(values);
          })}
          className="grid min-w-0 grid-cols-1 gap-5"
        >
          <Sections {...rest} judge={judge} control={form.control} failure={failure} />
          {judge ? <ChangeNotice {...rest} judge={judge} /> : null}
          <FormAlert
            error={save.error}
            fields={Object.keys(form.getValues()).map((name) => pathOf(name as keyof JudgeValues))}
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" pending={save.isPending}>
              {t(judge ? "common.save" : "common.add")}
            </Button>
            <Button asChild variant="ghost">
              <Link href={judge ? `/projects/${slug}/judges/${judge.id}` : `/projects/${slug}/judges`}>
                {t("common.cancel")}
              </Link>
            </Button>
          </div>
        </form>
        <TryOut
          slug={slug}
          questions={rest.questions}
          currency={rest.currency}
          firstSubject={firstSubject}
          trial={trial}
          onTry={(about) =>
            void form.handleSubmit((values) => {
              save.reset();
              trial.start(values, about);
            })()
          }
        />
      </div>
    </FormProvider>
  );
}

function useSave(slug: string, judge: LmJudgeView | null) {
  const t = useTranslations("judges");
  const router = useRouter();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: JudgeValues) => {
      const body = { name: values.name, config: configOf(values, judge), ...keyOf(values) };
      return judge
        ? api<JudgeView>("PATCH", `/api/v1/projects/${slug}/judges/${judge.id}`, body)
        : api<JudgeView>("POST", `/api/v1/projects/${slug}/judges`, body);
    },
    onSuccess: async ({ id, name, version }) => {
      toast.success(judge ? t("common.saved", { name, version }) : t("editor.added", { name }));
      await refreshList(client, `/api/v1/projects/${slug}/judges`);
      await client.invalidateQueries({ queryKey: reportKey(slug, id) });
      router.push(`/projects/${slug}/judges/${id}`);
      router.refresh();
    },
  });
}

type SectionsProps = Pick<JudgeFormProps, "judge" | "questions" | "currency"> & {
  control: Control<JudgeValues>;
  failure: Error | null;
};

const parts = {
  provider: ["name", "provider", "baseUrl", "model", "apiKey"],
  questions: ["questions", "rubric"],
  asking: [
    ...(["samples", "temperature", "demonstrations", "maxOutputTokens", "reasoningEffort"] as const),
    ...(["rankingBy", "usesReference", "tokenProbabilities"] as const),
  ],
  prices: ["inputPrice", "cachedInputPrice", "outputPrice"],
  limits: ["concurrency", "timeoutSeconds", "requestsPerMinute", "tokensPerMinute"],
} as const satisfies Record<string, readonly (keyof JudgeValues)[]>;

function Sections({ judge, questions, currency, control, failure }: SectionsProps) {
  const t = useTranslations("judges.editor");
  const common = useTranslations("judges.common");
  const asking = useTranslations("judges.asking");
  const money = useTranslations("judges.money");
  const words = useTranslations("judges.words");
  const values = useWatch({ control }) as JudgeValues;
  const isFaulty = (part: keyof typeof parts) => parts[part].some((name) => faultIn(failure, name) !== undefined);
  return (
    <>
      <FormSection title={t("provider")} summary={values.model} hasFault={isFaulty("provider")} startsOpen>
        <ProviderFields judge={judge} failure={failure} />
      </FormSection>
      <FormSection
        title={t("judges")}
        summary={
          values.answersAll
            ? common("allQuestions")
            : t("someQuestions", { chosen: values.questions.length, all: questions.length })
        }
        hasFault={isFaulty("questions")}
        startsOpen
      >
        <QuestionFields questions={questions} given={judge?.config.questions ?? []} failure={failure} />
      </FormSection>
      <FormSection
        title={t("asked")}
        summary={wordAsking(values, { words, t: asking })}
        hasFault={isFaulty("asking") || temperatureFault(values, asking) !== null}
      >
        <AskingFields hasRanking={questions.some(({ type }) => type === "ranking")} failure={failure} />
      </FormSection>
      <FormSection
        title={t("prices")}
        summary={wordPrices(values, money)}
        hasFault={isFaulty("prices")}
        startsOpen={judge === null}
      >
        <PriceFields currency={currency} failure={failure} />
      </FormSection>
      <FormSection title={t("limits")} summary={wordLimits(values, { words, t: money })} hasFault={isFaulty("limits")}>
        <LimitFields failure={failure} />
      </FormSection>
    </>
  );
}
