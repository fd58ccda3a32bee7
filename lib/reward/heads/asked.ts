import type { QuestionOf, RatingScale, TaskSchema } from "@/lib/projects/schema";
import type { Compared } from "../compared-aspect";
import { mostCategories } from "../training/heads/ratings";
import type { HeadConfig } from "./schema";

/** The labels that heads beside the overall reward can learn from, by what a task schema asks. */
export function headsAskedFor({ questions }: TaskSchema, { question, aspect }: Compared): HeadConfig {
  const compared = questions.find((one) => one.id === question && one.type === "comparison");
  return {
    ranking: questions.find(({ type }) => type === "ranking")?.id ?? null,
    ratings: questions.flatMap((one) => (one.type === "rating" ? columnsOf(one) : [])),
    binary: questions.flatMap((one) => (one.type === "binary" ? [{ question: one.id, kind: one.kind }] : [])),
    aspects: compared?.type === "comparison" ? compared.aspects.flatMap(({ id }) => (id === aspect ? [] : [id])) : [],
  };
}

function columnsOf({ id, aspects, scale }: QuestionOf<"rating">): HeadConfig["ratings"] {
  const values = valuesOf(scale);
  const categories = scale.kind === "categories" ? scale.categories.map(({ value }) => value) : null;
  return aspects.map((aspect) => ({ question: id, aspect: aspect.id, values, categories }));
}

/** Null for a range with more values than a head has categories. */
function valuesOf(scale: RatingScale): number[] | null {
  if (scale.kind === "points") return Array.from({ length: scale.points }, (_, i) => i + 1);
  if (scale.kind === "categories") return scale.categories.map((_, i) => i + 1);
  const count = Math.floor((scale.max - scale.min) / scale.step + 1e-9) + 1;
  return count > mostCategories ? null : Array.from({ length: count }, (_, i) => scale.min + i * scale.step);
}
