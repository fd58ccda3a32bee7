"use client";

import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import { isAsked } from "@/lib/assignments/asked/schema";
import { Images } from "./images/images";
import { MarkableText } from "./marking/markable-text";
import { questionProps } from "./question-props";
import { paneComponents } from "./questions/pane-components";
import type { AnyPaneProps } from "./questions/question-type";
import { isReadInSteps } from "./reading/pieces";
import { SealedQuestion } from "./reading/sealed-question";
import type { Work } from "./session";
import type { Actions } from "./use-actions";

type CompletionBodyProps = { work: Work; actions: Actions; position: number; isAhead: boolean };

/** A completion in its pane: the text, or the steps to judge in its place, and what is to be written about it. */
export function CompletionBody({ work, actions, position, isAhead }: CompletionBodyProps) {
  const t = useTranslations("label");
  const { assignment } = work;
  const rendered = assignment.completions[position]!;
  return (
    <div className="flex min-h-full flex-col">
      <Images images={rendered.images} of={position} owner={rendered.label} />
      {isReadInSteps(assignment, position) ? null : (
        <div className="grow pb-6">
          {rendered.html !== "" ? (
            <MarkableText on={position} rendered={rendered} />
          ) : rendered.images.length === 0 ? (
            <p className="text-muted-foreground italic">{t("panes.empty")}</p>
          ) : null}
        </div>
      )}
      {(isAhead ? [] : assignment.schema.questions).map((question) => {
        const Pane = paneComponents[question.type] as ComponentType<AnyPaneProps> | undefined;
        return Pane && isAsked(question, assignment.schema.questions, work.answers) ? (
          <SealedQuestion key={question.id} question={question.id} assignment={assignment}>
            <Pane {...questionProps(question, work, actions)} completion={position} />
          </SealedQuestion>
        ) : null;
      })}
    </div>
  );
}
