import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { FittedTastes, TasteGroup, TasteMetrics, TastesView } from "@/lib/reward/tastes/schema";
import { wordEstimate, wordNats } from "../../_components/words";

type TastesProps = { slug: string; tastes: TasteMetrics | null; view: TastesView };

/** Whether the annotators have one taste or several: who is in which group, how well each is served, and what they dispute. */
export function Tastes({ slug, tastes, view }: TastesProps) {
  if (!tastes) return null;
  if (tastes.kind === "skipped") {
    return (
      <Section title="Tastes">
        <p>Not looked for. {tastes.reason}</p>
      </Section>
    );
  }
  const { groups, annotators, labels } = tastes;
  if (groups.length === 1) {
    return (
      <Section title="Tastes">
        <p className="max-w-[72ch]">{wordOneTaste(tastes)}</p>
      </Section>
    );
  }
  return (
    <Section
      title="Tastes"
      description={`${formatNumber(annotators)} annotators form ${formatNumber(groups.length)} groups, by ${formatNumber(labels.train)} answers of their own; the number was chosen on ${formatNumber(labels.validation)} others, and accuracies are on ${formatNumber(labels.test)} more.`}
    >
      <Groups tastes={tastes} />
      {tastes.worst ? (
        <p className="max-w-[72ch]">
          In the group that is served worst, rewards by group agree with {wordEstimate(tastes.worst.accuracy)} of the
          answers; the single model agrees with {wordEstimate(tastes.worst.single)}.
        </p>
      ) : null}
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <Members members={view.members} />
        <Disputes slug={slug} disputes={view.disputes} />
      </div>
    </Section>
  );
}

function Groups({ tastes: { groups } }: { tastes: FittedTastes }) {
  return (
    <Table label="Groups of annotators" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>Group</TH>
          <TH numeric>Annotators</TH>
          <TH numeric>Labels</TH>
          <TH numeric>Its rewards agree</TH>
          <TH numeric>The single model agrees</TH>
          <TH>Its margins go with</TH>
        </TR>
      </THead>
      <TBody>
        {groups.map((group, k) => (
          <TR key={k}>
            <TD className="font-medium">{groupName(k)}</TD>
            <TD numeric>{formatNumber(group.annotators)}</TD>
            <TD numeric>{formatNumber(group.labels)}</TD>
            <TD numeric>{wordEstimate(group.accuracy)}</TD>
            <TD numeric>{wordEstimate(group.single)}</TD>
            <TD>{wordPreferences(group)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** Members that are shown without being asked for; those with the most labels come first. */
const shownMembers = 12;

function Members({ members }: Pick<TastesView, "members">) {
  const more = members.slice(shownMembers);
  return (
    <div className="grid content-start gap-2">
      <h3 className="font-medium">Who is in which group</h3>
      <MemberTable label="Who is in which group" members={members.slice(0, shownMembers)} />
      {more.length > 0 ? (
        <details className="grid gap-2">
          <summary className="cursor-pointer text-muted-foreground">{formatNumber(more.length)} more</summary>
          <MemberTable label="More members of the groups" members={more} />
        </details>
      ) : null}
    </div>
  );
}

function MemberTable({ label, members }: { label: string } & Pick<TastesView, "members">) {
  return (
    <Table label={label} density="compact">
      <THead>
        <TR>
          <TH>Annotator</TH>
          <TH>Group</TH>
          <TH numeric>Certainty</TH>
          <TH numeric>Labels</TH>
        </TR>
      </THead>
      <TBody>
        {members.map(({ annotator, source, name, group, certainty, labels }) => (
          <TR key={`${source} ${annotator}`}>
            <TD className="[overflow-wrap:anywhere]">
              <span className="flex flex-wrap items-center gap-1.5">
                {name} {source === "lm" ? <Badge variant="amber">AI</Badge> : null}
              </span>
            </TD>
            <TD>{groupName(group)}</TD>
            <TD numeric>{formatPercent(certainty)}</TD>
            <TD numeric>{formatNumber(labels)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Disputes({ slug, disputes }: { slug: string } & Pick<TastesView, "disputes">) {
  return (
    <div className="grid content-start gap-2">
      <h3 className="font-medium">What they disagree on most</h3>
      <ul className="grid gap-3">
        {disputes.map(({ instanceId, outsideId, prompt, target, margins, completions }) => {
          const [first, second] = target.split("-").map((index) => completions[Number(index)] ?? index);
          return (
            <li key={instanceId} className="grid gap-0.5">
              <Link
                href={`/projects/${slug}/instances/${instanceId}`}
                className="[overflow-wrap:anywhere] hover:underline"
              >
                <span className="font-medium">{outsideId}</span> <span className="text-muted-foreground">{prompt}</span>
              </Link>
              <p className="text-[0.8125rem] text-muted-foreground">
                {margins
                  .map(
                    (margin, k) =>
                      `${groupName(k)} prefers completion ${margin >= 0 ? first : second} by ${formatNumber(Math.abs(margin), 1)}`,
                  )
                  .join("; ")}
              </p>
            </li>
          );
        })}
      </ul>
      <p className="text-[0.8125rem] text-muted-foreground">In standard deviations of each group&apos;s rewards.</p>
    </div>
  );
}

const groupName = (k: number): string => `Group ${"ABC"[k]!}`;

/** What has a correlation worth a word, strongest first. */
function wordPreferences({ prefers }: TasteGroup): string {
  const told = prefers
    .filter(({ correlation }) => Math.abs(correlation) >= 0.1)
    .toSorted((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  if (told.length === 0) return "Neither length nor format";
  return told
    .map(({ feature, correlation }) => `${feature} ${correlation > 0 ? "+" : "−"}${Math.abs(correlation).toFixed(2)}`)
    .join(", ");
}

function wordOneTaste({ annotators, gains }: FittedTastes): string {
  const found = gains.map(({ groups, gain }) => `${formatNumber(groups)} groups gain ${wordNats(gain, "label")}`);
  return `One taste: more groups do not explain unseen answers of the ${formatNumber(annotators)} annotators better${found.length > 0 ? `; ${found.join(", ")}` : ", or end up without members"}.`;
}
