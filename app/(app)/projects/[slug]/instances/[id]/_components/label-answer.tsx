import type { InstanceResponse } from "@/lib/instances/schema";
import { describeAnswer } from "../../../_components/label-words";
import { describeSpan, type MarkedSpan } from "./span-words";

type Label = InstanceResponse["labels"][number];
type Judged = { index: number; label: "good" | "neutral" | "bad"; flags: string[] };

/** What a label says, with all that is in it. */
export function LabelAnswer({ label, instance }: { label: Label; instance: InstanceResponse }) {
  const summary = describeAnswer(
    label,
    instance.completions.map(({ outsideId }) => outsideId),
  );
  switch (label.type) {
    case "spans":
      return (
        <Details
          summary={summary}
          items={(label.payload.spans as MarkedSpan[]).map((span) => describeSpan(span, instance))}
        />
      );
    case "steps":
      return <Details summary={summary} items={(label.payload.steps as Judged[]).map(describeStep)} />;
    case "critique": {
      const { text, rewrite } = label.payload as { text: string; rewrite: string | null };
      return (
        <div className="grid max-w-96 gap-1 whitespace-pre-line" dir="auto">
          {text === "" ? null : <p>{text}</p>}
          {rewrite === null ? null : <Details summary="rewritten" items={[rewrite]} />}
        </div>
      );
    }
    default:
      return summary;
  }
}

function Details({ summary, items }: { summary: string; items: string[] }) {
  if (items.length === 0) return summary;
  return (
    <details>
      <summary className="cursor-pointer">{summary}</summary>
      <ul className="mt-1 grid max-w-96 gap-0.5 text-muted-foreground">
        {items.map((item, index) => (
          <li key={index} dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-line">
            {item}
          </li>
        ))}
      </ul>
    </details>
  );
}

function describeStep({ index, label, flags }: Judged): string {
  return [`step ${index + 1}: ${label}`, ...flags].join(", ");
}
