import type { Translate } from "@/app/i18n/translate";
import type { ComparisonScale } from "@/lib/labels/schema";
import { pointNames } from "@/lib/projects/scales/schema";
import type { ComparisonQuestion, RatingScale, RatingScaleOf } from "@/lib/projects/schema";
import { isSame } from "../../../label/_components/same";
import { usualDegrees } from "../../../label/_components/questions/scale-words";
import { withField } from "./draft";

type Points = RatingScaleOf<"points">;

/** The scale with another name of a point; names of the ends alone are kept as such. */
export function namePoint(scale: Points, index: number, name: string): Points {
  return withNames(scale.points, pointNames(scale).with(index, name));
}

/** The scale with another number of points; the name of the highest stays the highest's. */
export function resizePoints(scale: Points, points: number): Points {
  const before = pointNames(scale);
  const highest = before.at(-1)!;
  const lower = before.slice(0, Math.min(before.length, points) - 1);
  return withNames(points, [...lower, ...Array<string>(points - 1 - lower.length).fill(""), highest]);
}

function withNames(points: number, names: string[]): Points {
  const scale: Points = { kind: "points", points };
  if (names.slice(1, -1).some((name) => name !== "")) return { ...scale, names };
  const [low, high] = [names[0]!, names.at(-1)!];
  return { ...scale, ...(low !== "" && { low }), ...(high !== "" && { high }) };
}

/** Where the API finds the name of a point. */
export function pathOfPoint({ names, points }: Points, index: number): string {
  if (names) return `names.${index}`;
  return index === 0 ? "low" : index === points - 1 ? "high" : `names.${index}`;
}

/** A scale of another kind to begin with. */
export function newScale(kind: RatingScale["kind"], t: Translate<"taskSchema.first">): RatingScale {
  switch (kind) {
    case "points":
      return { kind, points: 5 };
    case "range":
      return { kind, min: 0, max: 100, step: 1 };
    case "categories":
      return {
        kind,
        categories: [
          { value: "no", name: t("no") },
          { value: "yes", name: t("yes") },
        ],
      };
  }
}

/** A comparison on another scale, whose words are the usual ones where it has another number of them. */
export function rescale(question: ComparisonQuestion, scale: ComparisonScale): ComparisonQuestion {
  const rescaled = { ...question, scale };
  const fits = question.degrees?.length === usualDegrees[scale].length;
  const worded = fits ? rescaled : withField(rescaled, "degrees", undefined);
  return scale === 2 ? withField(worded, "tie", undefined) : worded;
}

/** A comparison with other words for a degree; the usual ones are not written down. */
export function nameDegree(
  question: ComparisonQuestion,
  index: number,
  words: string,
  usual: string[],
): ComparisonQuestion {
  const degrees = (question.degrees ?? usual).with(index, words);
  return withField(question, "degrees", isSame(degrees, usual) ? undefined : degrees);
}
