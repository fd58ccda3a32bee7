import type { Translate } from "@/app/i18n/translate";
import type { AssignmentView } from "@/lib/assignments/schema";

/** Something to say about work from before. What has an assignmentId can be opened, and stays until that is sent. */
export type News =
  | { kind: "sent"; submissions: number; skips: number }
  /** Submissions and skips that the server did not take: they are on the screen with the reason. */
  | { kind: "returned"; count: number }
  /** A draft that is on the screen again, or comes next. */
  | { kind: "back"; at: string }
  /** A draft of an assignment that the page does not come to by itself. */
  | { kind: "apart"; assignmentId: string; at: string; state: AssignmentView["state"] }
  /** A draft of an earlier assignment, closed here meanwhile, that the server does not take. */
  | { kind: "refused"; assignmentId: string; message: string }
  | { kind: "no-device" }
  /** Drafts and submissions on the device that this page cannot read. */
  | { kind: "unreadable"; count: number }
  /** Nothing of what the device has could be taken up. */
  | { kind: "not-taken-up"; message: string };

/** The assignment that a piece of news leads to. */
export function assignmentIn(news: News): string | undefined {
  return "assignmentId" in news ? news.assignmentId : undefined;
}

/** A piece of news in a sentence; `wordTime` says when something was written. */
export function wordNews(news: News, wordTime: (at: string) => string, t: Translate<"label">): string {
  switch (news.kind) {
    case "sent":
      return wordSent(news, t);
    case "returned":
      return t("news.returned", { count: news.count });
    case "back":
      return t("news.back", { time: wordTime(news.at) });
    case "apart":
      return t(`news.apart.${whyApart(news.state)}`, { time: wordTime(news.at) });
    case "refused":
      return t("news.refused", { message: news.message });
    case "no-device":
      return t("news.noDevice");
    case "unreadable":
      return t("news.unreadable", { count: news.count });
    case "not-taken-up":
      return t("news.notTakenUp", { message: news.message });
  }
}

function wordSent({ submissions, skips }: Extract<News, { kind: "sent" }>, t: Translate<"label">): string {
  if (skips === 0) return t("news.sent", { count: submissions });
  return submissions === 0 ? t("news.sentSkips", { count: skips }) : t("news.sentBoth", { submissions, skips });
}

/** Why the page does not come to a draft by itself. */
function whyApart(state: AssignmentView["state"]): "submitted" | "skipped" | "lapsed" {
  return state === "submitted" || state === "skipped" ? state : "lapsed";
}
