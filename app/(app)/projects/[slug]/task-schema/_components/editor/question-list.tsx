"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import { Section } from "@/app/_components/ui/page";
import type { LabelTypeName } from "@/lib/labels/schema";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { wordQuestion } from "@/app/(app)/_components/question-words";
import { nameOfQuestion } from "@/lib/text/question-name";
import { newQuestion, withQuestion } from "./draft";
import { ItemCard, Items, useItems, type Item } from "./editable-list";
import { useEditor } from "./editor-context";
import { ListFault } from "./fields";
import { QuestionFields } from "./question-fields";

const mostQuestions = 12;
/** More than this are folded to begin with. */
const mostUnfolded = 2;

/** In the order in which they are offered. */
const types: readonly LabelTypeName[] = ["comparison", "ranking", "rating", "binary", "spans", "steps", "critique"];

type QuestionListProps = { schema: TaskSchema; onChange: (schema: TaskSchema) => void };

/** What is asked, in the order in which people are asked it. */
export function QuestionList({ schema, onChange }: QuestionListProps) {
  const t = useTranslations("taskSchema");
  const typeWords = useTranslations("projects.types");
  const first = useTranslations("taskSchema.first");
  const { questions } = schema;
  const list = useRef<HTMLOListElement>(null);
  const [folded] = useState(questions.length > mostUnfolded ? questions.length : 0);
  const change = (changed: Question[]) => onChange({ ...schema, questions: changed });
  const { keys, move, remove, add, newsRef } = useItems({ what: "question", items: questions, onChange: change, list });
  return (
    <Section title={t("questions.title")} description={t("questions.purpose")}>
      <Items
        what="question"
        items={questions}
        onChange={change}
        {...{ list, keys, move, remove }}
        least={0}
        render={(question, item) => (
          <QuestionCard
            question={question}
            item={{ ...item, change: (changed) => onChange(withQuestion(schema, item.index, changed)) }}
            startsFolded={keys[item.index]! < folded}
          />
        )}
      />
      <ListFault path="questions" />
      <div
        role="group"
        aria-label={t("list.add.question")}
        className="grid gap-2 rounded-lg border border-dashed p-3 sm:p-4"
      >
        <p className="text-[0.8125rem] font-medium">{t("list.add.question")}</p>
        <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
          {types.map((type) => (
            <Button
              key={type}
              data-add
              disabled={questions.length >= mostQuestions}
              className="h-auto flex-col items-start gap-0 py-1.5 text-start whitespace-normal"
              onClick={() => add(newQuestion(type, questions, first))}
            >
              {typeWords(type)}
              <span className="text-xs font-normal text-muted-foreground">{t(`questions.meanings.${type}`)}</span>
            </Button>
          ))}
        </div>
      </div>
      <p ref={newsRef} role="status" className="sr-only" />
    </Section>
  );
}

type QuestionCardProps = { question: Question; item: Item<Question>; startsFolded: boolean };

function QuestionCard({ question, item: { index, change, buttons }, startsFolded }: QuestionCardProps) {
  const t = useTranslations("taskSchema.questions");
  const typeWords = useTranslations("projects.types");
  const words = useTranslations("projects.questions");
  const id = useId();
  const path = `questions.${index}`;
  const hasFault = useEditor().faults.some((fault) => fault.path.startsWith(`${path}.`));
  const [isFolded, setFolded] = useState(startsFolded);
  const isOpen = hasFault || !isFolded;
  return (
    <ItemCard
      buttons={buttons}
      title={
        <h3>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setFolded(isOpen)}
            className="flex w-full min-w-0 items-center gap-2 rounded-sm py-1 text-start text-foreground"
          >
            <ChevronRight
              aria-hidden
              className={cn("size-4 shrink-0 text-muted-foreground", isOpen ? "rotate-90" : "rtl:-scale-x-100")}
            />
            <span className="shrink-0 text-muted-foreground tabular-nums">{index + 1}</span>
            <span className="min-w-0 truncate font-medium">{nameOfQuestion(question) || t("noName")}</span>
            <Badge>{typeWords(question.type)}</Badge>
          </button>
        </h3>
      }
    >
      {isOpen ? null : (
        <p className="truncate ps-6 text-[0.8125rem] text-muted-foreground">{wordQuestion(question, words)}</p>
      )}
      <div id={id} hidden={!isOpen} className="mt-2">
        {isOpen ? <QuestionFields question={question} path={path} onChange={change} /> : null}
      </div>
    </ItemCard>
  );
}
