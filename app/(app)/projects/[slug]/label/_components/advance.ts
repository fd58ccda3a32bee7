import { isAnswered, placesOf, type Place } from "./places";
import type { Work } from "./session";

/**
 * Where keys go on to once one of them has answered a place: the next open place that one key answers too, from the
 * first again after the last. Null to stay: texts, marks and orders take more than one key.
 */
export function placeAfter(
  { assignment, answers }: Pick<Work, "assignment" | "answers">,
  place: number,
): number | null {
  const places = placesOf(assignment);
  if (!takesOneKey(places[place]!)) return null;
  const following = [...places.keys()].map((index) => (place + 1 + index) % places.length);
  const open = following.find(
    (index) => takesOneKey(places[index]!) && !isAnswered(places[index]!, assignment, answers),
  );
  return open ?? null;
}

function takesOneKey({ question }: Place): boolean {
  return (
    question.type === "comparison" ||
    question.type === "binary" ||
    (question.type === "rating" && question.scale.kind !== "range")
  );
}
