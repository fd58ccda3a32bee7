"use client";

import Link from "next/link";
import { Button } from "@/app/_components/ui/button";
import { Section } from "@/app/_components/ui/page";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { wordQuestion } from "./question-words";

/** The questions of a task schema that the settings do not change, and the page that does. */
export function QuestionList({ slug, taskSchema }: { slug: string; taskSchema: TaskSchema }) {
  const { questions, reason, shows, reveal = [] } = taskSchema;
  return (
    <Section
      title="Questions"
      description="A single comparison in the usual words, with nothing hidden, could be changed here."
      actions={
        <Button size="sm" asChild>
          <Link href={`/projects/${slug}/task-schema`}>Edit the task schema</Link>
        </Button>
      }
    >
      <ul aria-label="Questions" className="divide-y rounded-lg border">
        {questions.map((question) => (
          <li key={question.id} className="grid gap-0.5 px-4 py-2.5">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{nameOf(question)}</span>
              <code className="text-[0.8125rem] text-muted-foreground">{question.id}</code>
            </span>
            <span className="text-muted-foreground">{wordQuestion(question)}</span>
          </li>
        ))}
      </ul>
      <p className="text-muted-foreground">
        {reason === "off" ? "No written reason is asked for." : `A written reason is ${reason}.`}{" "}
        {shows?.reference ? "The reference answer is shown." : "No reference answer is shown."}{" "}
        {reveal.map(({ show, after }) => `The ${show} is hidden until ${after} is answered.`).join(" ")}
      </p>
    </Section>
  );
}

function nameOf(question: Question): string {
  return "name" in question ? question.name : question.aspects.map(({ name }) => name).join(", ");
}
