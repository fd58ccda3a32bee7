import { formatNumber } from "@/app/_components/ui/numbers";
import { RelativeTime } from "@/app/_components/ui/time";
import type { InstanceResponse } from "@/lib/instances/schema";
import { describeAnnotator, describeAnswer, sourceOf } from "../../../_components/label-words";

type Event = { at: string; who: string; what: string; detail?: string | null };

/** Everything that happened to an instance, newest first. */
export function History({ instance }: { instance: InstanceResponse }) {
  const events = [
    ...labelEvents(instance),
    ...assignmentEvents(instance),
    ...flagEvents(instance),
    ...routeEvents(instance),
  ];
  events.push({ at: instance.createdAt, who: "Import", what: "brought the instance in" });
  events.sort((a, b) => b.at.localeCompare(a.at));
  return (
    <ol className="grid gap-0">
      {events.map(({ at, who, what, detail }, index) => (
        <li key={index} className="relative grid gap-0.5 border-l pb-4 pl-5 last:border-transparent last:pb-0">
          <span aria-hidden className="absolute top-1.5 -left-[0.28rem] size-2 rounded-full bg-border-strong" />
          <p className="[overflow-wrap:anywhere]">
            <span className="font-medium">{who}</span> {what}{" "}
            <RelativeTime value={at} className="text-muted-foreground" />
          </p>
          {detail ? (
            <p dir="auto" className="max-w-[80ch] whitespace-pre-line text-muted-foreground">
              {detail}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function labelEvents({ labels, completions }: InstanceResponse): Event[] {
  const names = completions.map(({ outsideId }) => outsideId);
  return labels.map((label) => ({
    at: label.createdAt,
    who: `${describeAnnotator(label)} (${sourceOf(label.source).label})`,
    what: `${label.revision === 1 ? "answered" : `corrected the answer (revision ${label.revision})`} on ${label.aspect}: ${describeAnswer(label, names)}${label.isUnsure ? ", unsure" : ""}`,
    detail: label.rationale,
  }));
}

/** Submissions are told by their labels. */
function assignmentEvents({ assignments }: InstanceResponse): Event[] {
  return assignments.flatMap(({ annotatorEmail, state, createdAt, updatedAt, leaseUntil, skipReason }) => {
    const who = annotatorEmail ?? "An annotator";
    const taken = { at: createdAt, who, what: "was given the instance" };
    if (state === "expired") return [taken, { at: leaseUntil, who, what: "let the time run out" }];
    if (state === "skipped") return [taken, { at: updatedAt, who, what: "skipped it", detail: skipReason }];
    if (state === "released") return [taken, { at: updatedAt, who, what: "gave it back" }];
    return [taken];
  });
}

function flagEvents({ assignments }: InstanceResponse): Event[] {
  return assignments.flatMap(({ annotatorEmail, flag }) => {
    if (flag === null) return [];
    const who = annotatorEmail ?? "An annotator";
    const given = { at: flag.at, who, what: "flagged it as having a problem", detail: flag.note };
    if (flag.resolvedAt === null) return [given];
    return [given, { at: flag.resolvedAt, who: "A researcher", what: "marked that flag as resolved" }];
  });
}

function routeEvents({ routes }: InstanceResponse): Event[] {
  const to = { human: "people", lm: "AI", dual: "people and AI" };
  return routes.map(({ createdAt, policyVersion, route, reason, propensity }) => ({
    at: createdAt,
    who: `Policy ${policyVersion}`,
    what: `routed it to ${to[route]}`,
    detail: `${reason}. Its probability was ${formatNumber(propensity, 3)}.`,
  }));
}
