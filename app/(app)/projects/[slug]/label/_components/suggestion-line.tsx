import { Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { isAsked } from "@/lib/assignments/asked/schema";
import { Button } from "@/app/_components/ui/button";
import { placesOf } from "./places";
import type { Work } from "./session";
import { isFollowed, wordWhatAiSays } from "./suggestion";
import type { Actions } from "./use-actions";

/** What AI suggests for the question that keys answer; of one height whether it suggests anything or not. */
export function SuggestionLine({ work, actions }: { work: Work; actions: Actions }) {
  const t = useTranslations("label");
  const { assignment, answers, place } = work;
  const question = placesOf(assignment)[place]?.question;
  if (!assignment.suggestions || !question || !isAsked(question, assignment.schema.questions, answers)) return null;
  const { mode, answers: suggestions } = assignment.suggestions;
  const suggested = suggestions[question.id];
  const isTaken = suggested !== undefined && isFollowed(question, answers, suggested);
  const words = suggested === undefined ? t("suggestion.nothing") : wordWhatAiSays(question, suggested, t);
  return (
    <div
      role="group"
      aria-label={t("suggestion.title")}
      className="mt-1 flex h-8 items-center gap-2 text-[0.8125rem] leading-tight"
    >
      <Sparkles aria-hidden className="size-3.5 shrink-0 text-tone-amber" />
      <p title={words} className="line-clamp-2 min-w-0">
        {words}
        {isTaken ? (
          <span className="text-muted-foreground">
            {" "}
            {mode === "prefilled" ? t("suggestion.filledIn") : t("suggestion.used")}
          </span>
        ) : null}
      </p>
      {suggested === undefined ? null : isTaken && mode === "prefilled" ? (
        <Button size="sm" onClick={() => actions.clear(question)}>
          {t("suggestion.clear")}
        </Button>
      ) : isTaken ? null : (
        <Button size="sm" onClick={() => actions.takeSuggestion(question, suggested)}>
          {t("suggestion.use")}
        </Button>
      )}
    </div>
  );
}
