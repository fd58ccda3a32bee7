"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/app/_components/ui/button";
import { Section } from "@/app/_components/ui/page";
import type { TaskSchema } from "@/lib/projects/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import { wordQuestion } from "./question-words";

/** The questions of a task schema that the form does not change, and the page that does, once the project is there. */
export function QuestionList({ slug, taskSchema }: { slug: string | null; taskSchema: TaskSchema }) {
  const t = useTranslations("projectForms.list");
  const words = useTranslations("projects.questions");
  const { questions, reason, shows, reveal = [] } = taskSchema;
  return (
    <Section
      title={t("title")}
      description={t(slug === null ? "purposeNew" : "purpose")}
      actions={
        slug === null ? null : (
          <Button size="sm" asChild>
            <Link href={`/projects/${slug}/task-schema`}>{t("edit")}</Link>
          </Button>
        )
      }
    >
      <ul aria-label={t("title")} className="divide-y rounded-lg border">
        {questions.map((question) => (
          <li key={question.id} className="grid gap-0.5 px-4 py-2.5">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{nameOfQuestion(question)}</span>
              <code className="text-[0.8125rem] text-muted-foreground">{question.id}</code>
            </span>
            <span className="text-muted-foreground">{wordQuestion(question, words)}</span>
          </li>
        ))}
      </ul>
      <p className="text-muted-foreground">
        {t(`reason.${reason}`)} {shows?.reference ? t("reference") : t("noReference")}{" "}
        {reveal.map(({ show, after }) => t("reveal", { show, after })).join(" ")}
      </p>
    </Section>
  );
}
