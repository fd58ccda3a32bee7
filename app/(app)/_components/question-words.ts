import type { Translate } from "@/app/i18n/translate";
import type { Question, RatingScale } from "@/lib/projects/schema";

/** What a question asks for, in a few words. */
export function wordQuestion(question: Question, t: Translate<"projects.questions">): string {
  switch (question.type) {
    case "comparison":
      return t("comparison", { points: question.scale });
    case "ranking":
      return t("ranking");
    case "rating":
      return t("rating", { scale: wordScale(question.scale, t) });
    case "binary":
      return t("binary", { kind: question.kind });
    case "spans":
      return t("spans", { categories: question.categories.map(({ name }) => name).join(", ") });
    case "steps":
      return t("steps");
    case "critique":
      return t("critique", {
        isRequired: yesOrNo(question.isRequired),
        hasQuotes: yesOrNo(question.quotes !== undefined),
        quotes: question.quotes ?? "",
        hasRewrite: yesOrNo(question.rewrite !== "off"),
      });
  }
}

function yesOrNo(is: boolean): "yes" | "no" {
  return is ? "yes" : "no";
}

function wordScale(scale: RatingScale, t: Translate<"projects.questions">): string {
  switch (scale.kind) {
    case "points":
      return t("points", { points: scale.points });
    case "range":
      return t("range", { min: scale.min, max: scale.max, step: scale.step });
    case "categories":
      return scale.categories.map(({ name }) => name).join(", ");
  }
}
