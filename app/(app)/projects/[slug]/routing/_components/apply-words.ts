import { formatNumber } from "@/app/_components/ui/numbers";
import type { PolicyApplied, PolicyPreview } from "@/lib/routing/schema";
import { routeLooks } from "./words";

/** What the button does: "Apply: move 312 instances to AI and 40 to both". */
export function wordButton({ moves, reweighed, isEstimate }: PolicyPreview): string {
  const about = isEstimate ? "about " : "";
  const to = (["human", "lm", "dual"] as const)
    .map((route) => ({ route, count: moves.reduce((sum, move) => sum + (move.to === route ? move.instances : 0), 0) }))
    .filter(({ count }) => count > 0);
  const moved = to.map(({ route, count }, place) => {
    const what = place > 0 ? "" : count === 1 ? " instance" : " instances";
    return `${about}${formatNumber(count)}${what} to ${routeLooks[route].to}`;
  });
  const parts = [
    ...(moved.length > 0 ? [`move ${listWords(moved)}`] : []),
    ...(reweighed > 0 ? [`recompute ${formatNumber(reweighed)} ${reweighed === 1 ? "consensus" : "consensuses"}`] : []),
  ];
  return parts.length > 0 ? `Apply: ${parts.join(", ")}` : "Apply: only new instances are concerned";
}

export function wordApplied({ version, result }: PolicyApplied): string {
  const changed = result?.changed ?? 0;
  return `Policy ${version} applies. ${formatNumber(changed)} ${changed === 1 ? "instance goes" : "instances go"} elsewhere.`;
}

function listWords(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
