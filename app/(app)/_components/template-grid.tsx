import { FilePlus2 } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/app/_components/ui/card";
import type { Question } from "@/lib/projects/schema";
import type { TemplateId, TemplateOffer } from "@/lib/projects/templates/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import { wordQuestion } from "./question-words";

type TemplateGridProps = {
  templates: readonly TemplateOffer[];
  /** Where choosing one leads. */
  hrefOf: (choice: TemplateId | "empty") => string;
  /** Whether nothing can be chosen, too. */
  offersEmpty: boolean;
};

/** The templates, each with what it is for and what it asks. */
export function TemplateGrid({ templates, hrefOf, offersEmpty }: TemplateGridProps) {
  const t = useTranslations("templates");
  return (
    <ul aria-label={t("grid.label")} className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
      {offersEmpty ? (
        <li>
          <TemplateCard href={hrefOf("empty")} name={t("grid.empty")} purpose={t("grid.emptyPurpose")}>
            <FilePlus2 aria-hidden className="mt-auto size-5 text-muted-foreground" />
          </TemplateCard>
        </li>
      ) : null}
      {templates.map(({ id, questions, samples }) => (
        <li key={id}>
          <TemplateCard href={hrefOf(id)} name={t(`list.${id}.name`)} purpose={t(`list.${id}.purpose`)}>
            <Asked questions={questions} />
            <p className="mt-auto text-xs text-muted-foreground">{t("grid.samples", { count: samples })}</p>
          </TemplateCard>
        </li>
      ))}
    </ul>
  );
}

type TemplateCardProps = { href: string; name: string; purpose: string; children: ReactNode };

function TemplateCard({ href, name, purpose, children }: TemplateCardProps) {
  return (
    <Card className="relative flex h-full min-h-28 flex-col gap-2 p-4 transition-colors duration-150 focus-within:border-input hover:border-input">
      <h2 className="font-semibold">
        <Link
          href={href}
          className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring"
        >
          {name}
        </Link>
      </h2>
      <p className="text-muted-foreground">{purpose}</p>
      {children}
    </Card>
  );
}

/** What is asked: the name of each question and its kind. */
function Asked({ questions }: { questions: readonly Question[] }) {
  const t = useTranslations("projects.questions");
  return (
    <ul className="grid gap-1 border-t pt-2 text-[0.8125rem]">
      {questions.map((question) => (
        <li key={question.id} className="min-w-0">
          <span className="font-medium">{nameOfQuestion(question)}</span>
          <span className="line-clamp-2 text-muted-foreground">{wordQuestion(question, t)}</span>
        </li>
      ))}
    </ul>
  );
}
