"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { api } from "@/app/_components/api-client";
import { FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { AffectedView, RelabelInput, RelabelSetView } from "@/lib/assignments/relabel/schema";

/** Chooses of what changed what people are asked for again. */
export function AskAgain({ slug, affected }: { slug: string; affected: AffectedView }) {
  const t = useTranslations("taskSchema.relabel");
  const { number } = useNumbers();
  const router = useRouter();
  const questions = affected.questions.filter(({ submissions }) => submissions > 0);
  const ask = useMutation({
    mutationFn: (input: RelabelInput) => api<RelabelSetView>("POST", `/api/v1/projects/${slug}/relabel-sets`, input),
    onSuccess: ({ submissions }) => {
      toast.success(t("asked", { count: submissions }));
      router.refresh();
    },
  });
  if (questions.length === 0 && affected.guidelines.submissions === 0) {
    return (
      <Section title={t("title")} description={t("purpose")}>
        <p className="text-muted-foreground">{t("nothing")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("title")} description={t("purpose")}>
      <FormAlert error={ask.error} fields={[]} />
      <Table label={t("title")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("what")}</TH>
            <TH numeric>{t("since")}</TH>
            <TH numeric>{t("submissions")}</TH>
            <TH numeric>{t("people")}</TH>
            <TH>
              <span className="sr-only">{t("actions")}</span>
            </TH>
          </TR>
        </THead>
        <TBody>
          {questions.map(({ id, name, since, submissions, people }) => (
            <TR key={id}>
              <TD>{name}</TD>
              <TD numeric>{since}</TD>
              <TD numeric>{number(submissions)}</TD>
              <TD numeric>{number(people)}</TD>
              <TD className="text-end">
                <Button size="sm" pending={ask.isPending} onClick={() => ask.mutate({ questions: [id] })}>
                  {t("ask", { count: submissions })}
                </Button>
              </TD>
            </TR>
          ))}
          {affected.guidelines.submissions > 0 ? (
            <TR>
              <TD>{t("guidelines")}</TD>
              <TD numeric>{affected.guidelines.since}</TD>
              <TD numeric>{number(affected.guidelines.submissions)}</TD>
              <TD numeric>{number(affected.guidelines.people)}</TD>
              <TD className="text-end">
                <Button size="sm" pending={ask.isPending} onClick={() => ask.mutate({ guidelines: true })}>
                  {t("ask", { count: affected.guidelines.submissions })}
                </Button>
              </TD>
            </TR>
          ) : null}
        </TBody>
      </Table>
    </Section>
  );
}
