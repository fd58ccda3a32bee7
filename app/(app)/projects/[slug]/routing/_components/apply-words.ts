import type { Translate } from "@/app/i18n/translate";
import type { PolicyApplied, PolicyPreview } from "@/lib/routing/schema";
import { routeNames } from "./words";

/** What the button does: "Apply: move 312 instances to AI and 40 to both". */
export function wordButton(preview: PolicyPreview, t: Translate<"routing.apply">): string {
  const { reweighed } = preview;
  const move = wordMove(preview, t);
  const recompute = reweighed > 0 ? t("recompute", { count: reweighed }) : null;
  if (move === null && recompute === null) return t("onlyNew");
  const what = move !== null && recompute !== null ? t("moveAndRecompute", { move, recompute }) : (move ?? recompute!);
  return t("do", { what });
}

export function wordApplied({ version, result }: PolicyApplied, t: Translate<"routing.apply">): string {
  return t("applied", { version, changed: result?.changed ?? 0 });
}

/** "move 312 instances to AI and 40 to both"; null where none moves. */
function wordMove({ moves, isEstimate }: PolicyPreview, t: Translate<"routing.apply">): string | null {
  const to = routeNames
    .map((route) => ({ route, count: moves.reduce((sum, move) => sum + (move.to === route ? move.instances : 0), 0) }))
    .filter(({ count }) => count > 0);
  const [first, second, third] = to.map(({ route, count }, place) =>
    t(place === 0 ? "first" : "further", { route, count, isEstimate: String(isEstimate) }),
  );
  if (first === undefined) return null;
  if (second === undefined) return t("moveOne", { first });
  return third === undefined ? t("moveTwo", { first, second }) : t("moveThree", { first, second, third });
}
