import { useTranslations } from "next-intl";
import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { FittedTastes, TasteGroup, TasteMetrics, TastesView } from "@/lib/reward/tastes/schema";
import { wordEstimate, wordNats, wordSideFeature } from "../../_components/words";

type TastesProps = { slug: string; tastes: TasteMetrics | null; view: TastesView };

/** Whether the annotators have one taste or several: who is in which group, how well each is served, and what they dispute. */
export function Tastes({ slug, tastes, view }: TastesProps) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (!tastes) return null;
  if (tastes.kind === "skipped") {
    return (
      <Section title={t("tastes.title")}>
        <p>{t("tastes.notLookedFor", { reason: tastes.reason })}</p>
      </Section>
    );
  }
  const { groups, annotators, labels } = tastes;
  if (groups.length === 1) {
    return (
      <Section title={t("tastes.title")}>
        <p className="max-w-[72ch]">{wordOneTaste(tastes, numbers, t)}</p>
      </Section>
    );
  }
  return (
    <Section
      title={t("tastes.title")}
      description={t("tastes.hint", {
        annotators: numbers.number(annotators),
        groups: numbers.number(groups.length),
        train: numbers.number(labels.train),
        validation: numbers.number(labels.validation),
        test: numbers.number(labels.test),
      })}
    >
      <Groups tastes={tastes} />
      {tastes.worst ? (
        <p className="max-w-[72ch]">
          {t("tastes.worst", {
            byGroup: wordEstimate(tastes.worst.accuracy, numbers, t),
            single: wordEstimate(tastes.worst.single, numbers, t),
          })}
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
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <Table label={t("tastes.label")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("tastes.groupHeading")}</TH>
          <TH numeric>{t("tastes.annotators")}</TH>
          <TH numeric>{t("words.labels")}</TH>
          <TH numeric>{t("tastes.agree")}</TH>
          <TH numeric>{t("tastes.singleAgrees")}</TH>
          <TH>{t("tastes.goWith")}</TH>
        </TR>
      </THead>
      <TBody>
        {groups.map((group, k) => (
          <TR key={k}>
            <TD className="font-medium">{t("tastes.group", { letter: letterOf(k) })}</TD>
            <TD numeric>{numbers.number(group.annotators)}</TD>
            <TD numeric>{numbers.number(group.labels)}</TD>
            <TD numeric>{wordEstimate(group.accuracy, numbers, t)}</TD>
            <TD numeric>{wordEstimate(group.single, numbers, t)}</TD>
            <TD>{wordPreferences(group, numbers, t)}</TD>
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
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <div className="grid content-start gap-2">
      <h3 className="font-medium">{t("tastes.members")}</h3>
      <MemberTable label={t("tastes.members")} members={members.slice(0, shownMembers)} />
      {more.length > 0 ? (
        <details className="grid gap-2">
          <summary className="cursor-pointer text-muted-foreground">
            {t("tastes.more", { count: numbers.number(more.length) })}
          </summary>
          <MemberTable label={t("tastes.moreMembers")} members={more} />
        </details>
      ) : null}
    </div>
  );
}

function MemberTable({ label, members }: { label: string } & Pick<TastesView, "members">) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <Table label={label} density="compact">
      <THead>
        <TR>
          <TH>{t("words.annotator")}</TH>
          <TH>{t("tastes.groupHeading")}</TH>
          <TH numeric>{t("tastes.certainty")}</TH>
          <TH numeric>{t("words.labels")}</TH>
        </TR>
      </THead>
      <TBody>
        {members.map(({ annotator, source, name, group, certainty, labels }) => (
          <TR key={`${source} ${annotator}`}>
            <TD className="[overflow-wrap:anywhere]">
              <span className="flex flex-wrap items-center gap-1.5">
                {name} {source === "lm" ? <Badge variant="amber">{t("tastes.ai")}</Badge> : null}
              </span>
            </TD>
            <TD>{t("tastes.group", { letter: letterOf(group) })}</TD>
            <TD numeric>{numbers.percent(certainty)}</TD>
            <TD numeric>{numbers.number(labels)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Disputes({ slug, disputes }: { slug: string } & Pick<TastesView, "disputes">) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <div className="grid content-start gap-2">
      <h3 className="font-medium">{t("tastes.disputes")}</h3>
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
                  .map((margin, k) =>
                    t("tastes.prefers", {
                      letter: letterOf(k),
                      completion: (margin >= 0 ? first : second) ?? "",
                      margin: numbers.number(Math.abs(margin), 1),
                    }),
                  )
                  .join(t("words.semicolon"))}
              </p>
            </li>
          );
        })}
      </ul>
      <p className="text-[0.8125rem] text-muted-foreground">{t("tastes.unit")}</p>
    </div>
  );
}

const letterOf = (k: number): string => "ABC"[k]!;

/** What has a correlation worth a word, strongest first. */
function wordPreferences({ prefers }: TasteGroup, numbers: Numbers, t: Translate<"rewardModels">): string {
  const told = prefers
    .filter(({ correlation }) => Math.abs(correlation) >= 0.1)
    .toSorted((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  if (told.length === 0) return t("tastes.neither");
  return told
    .map(
      ({ feature, correlation }) =>
        // The mark keeps the plus sign before its figure also where the line is written from the right.
        `${wordSideFeature(feature, t)} ${correlation > 0 ? "\u200e+" : ""}${numbers.fixed(correlation, 2).replace("-", "−")}`,
    )
    .join(t("words.comma"));
}

function wordOneTaste(
  { annotators: count, gains }: FittedTastes,
  numbers: Numbers,
  t: Translate<"rewardModels">,
): string {
  const annotators = numbers.number(count);
  if (gains.length === 0) return t("tastes.oneTaste", { annotators });
  const found = gains.map(({ groups, gain }) =>
    t("tastes.gain", { groups: numbers.number(groups), nats: wordNats(gain, "label", numbers, t) }),
  );
  return t("tastes.oneTasteGains", { annotators, gains: found.join(t("words.comma")) });
}
