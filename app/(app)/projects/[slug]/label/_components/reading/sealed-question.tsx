import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AssignmentView } from "@/lib/assignments/schema";
import { isSealed, wordTexts } from "../sealed";

type SealedQuestionProps = { question: string; assignment: AssignmentView; children: ReactNode };

/** Keeps an answer that revealed a text from being changed, and says why; leaves all others as they are. */
export function SealedQuestion({ question, assignment, children }: SealedQuestionProps) {
  const t = useTranslations("label");
  if (!isSealed(assignment, question)) return children;
  const shown = (assignment.schema.reveal ?? []).filter(({ after }) => after === question);
  return (
    <fieldset disabled className="contents">
      {children}
      <p className="flex items-center gap-1.5 pb-1 text-xs text-muted-foreground">
        <Lock aria-hidden className="size-3 shrink-0" />
        {t("reveal.sealed", { texts: wordTexts(shown, t) })}
      </p>
    </fieldset>
  );
}
