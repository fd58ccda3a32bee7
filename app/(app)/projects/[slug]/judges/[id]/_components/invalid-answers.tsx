"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";

import { api } from "@/app/_components/api-client";
import { ShowMore } from "@/app/_components/show-more";
import { Card } from "@/app/_components/ui/card";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { VerdictList, VerdictView } from "@/lib/judges/schema";
import { useAnswerWords } from "../../../_components/use-answer-words";
import { RawText } from "../../_components/raw-text";
import { joinList } from "../../_components/join-words";
import { wordOutcome } from "../../_components/answer-words";
import { invalidPageSize } from "./invalid-page-size";

type InvalidAnswersProps = {
  slug: string;
  judgeId: string;
  firstPage: VerdictList;
  /** Whether the judge has answered anything at all. */
  hasAnswered: boolean;
};

/** The answers that could not be read, with what the model wrote. */
export function InvalidAnswers({ slug, judgeId, firstPage, hasAnswered }: InvalidAnswersProps) {
  const t = useTranslations("judges.unreadable");
  const path = `/api/v1/projects/${slug}/judges/${judgeId}/verdicts` as const;
  const answers = useInfiniteQuery({
    queryKey: ["list", path, "invalid"],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ kind: "invalid", limit: String(invalidPageSize) });
      if (pageParam !== null) query.set("cursor", pageParam);
      return api<VerdictList>("GET", `${path}?${query}`, undefined, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [firstPage], pageParams: [null] },
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
  return (
    <Section title={t("title")} description={t("description")}>
      {answers.data?.length === 0 ? (
        <p className="text-muted-foreground">{t(hasAnswered ? "none" : "nothing")}</p>
      ) : null}
      {answers.data?.map((answer) => (
        <Answer key={answer.id} slug={slug} answer={answer} />
      ))}
      <ShowMore query={answers} />
    </Section>
  );
}

function Answer({ slug, answer }: { slug: string; answer: VerdictView }) {
  const t = useTranslations("judges.unreadable");
  const words = useTranslations("judges.words");
  const verdictWords = { ...useAnswerWords(), words, numbers: useNumbers() };
  const { question, aspect, target } = answer;
  const about = { ids: [], target, question: undefined };
  return (
    <Card className="grid grid-cols-1 gap-2 p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link
          href={`/projects/${slug}/instances/${answer.instanceId}`}
          className="font-medium [overflow-wrap:anywhere] hover:underline"
        >
          {answer.outsideId}
        </Link>
        <span className="text-[0.8125rem] text-muted-foreground">
          {t.rich("facts", {
            question: joinList(aspect === "overall" ? [question] : [question, aspect], words),
            ...{ order: answer.shownOrder, version: answer.version },
            time: () => <RelativeTime value={answer.createdAt} />,
          })}
        </span>
      </div>
      <p className="[overflow-wrap:anywhere]">{wordOutcome(answer.outcome, about, verdictWords)}</p>
      <RawText summary={words("answered")} text={answer.rawText} />
    </Card>
  );
}
