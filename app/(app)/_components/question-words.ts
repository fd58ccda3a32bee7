import type { Question, RatingScale } from "@/lib/projects/schema";

/** What a question asks for, in a few words. */
export function wordQuestion(question: Question): string {
  switch (question.type) {
    case "comparison":
      return `Comparison of two completions on a scale of ${question.scale} points`;
    case "ranking":
      return "Ranking of all completions, ties allowed";
    case "rating":
      return `Rating of each completion: ${wordScale(question.scale)}`;
    case "binary":
      return `Yes or no for each completion, stored as ${question.kind}`;
    case "spans":
      return `Spans marked as ${question.categories.map(({ name }) => name).join(", ")}`;
    case "steps":
      return "Each step of each completion: good, neutral or bad";
    case "critique": {
      const quotes = question.quotes === undefined ? "" : `, with quotes of the spans of ${question.quotes}`;
      const rewrite = question.rewrite === "off" ? "" : ", and a rewrite";
      return `${question.isRequired ? "Required" : "Optional"} critique of each completion${quotes}${rewrite}`;
    }
  }
}

function wordScale(scale: RatingScale): string {
  switch (scale.kind) {
    case "points":
      return `1 to ${scale.points}`;
    case "range":
      return `${scale.min} to ${scale.max} in steps of ${scale.step}`;
    case "categories":
      return scale.categories.map(({ name }) => name).join(", ");
  }
}
