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
  | { kind: "unreadable"; message: string };

/** The assignment that a piece of news leads to. */
export function assignmentIn(news: News): string | undefined {
  return "assignmentId" in news ? news.assignmentId : undefined;
}

/** A piece of news in a sentence; `wordTime` says when something was written. */
export function wordNews(news: News, wordTime: (at: string) => string): string {
  switch (news.kind) {
    case "sent":
      return wordSent(news);
    case "returned":
      return news.count === 1
        ? "1 submission from before was not accepted: it is on the screen with the reason."
        : `${news.count} submissions from before were not accepted: they are on the screen with the reasons.`;
    case "back":
      return `Your draft from ${wordTime(news.at)} is back.`;
    case "apart":
      return wordApart(news, wordTime(news.at));
    case "refused":
      return `A correction that you closed is not stored. ${news.message}`;
    case "no-device":
      return "This browser lets nothing be kept on this device (a private window may be why). Look for “Saved” before you close the page.";
    case "unreadable":
      return `What this browser kept from before could not be taken up: ${news.message}`;
  }
}

function wordSent({ submissions, skips }: Extract<News, { kind: "sent" }>): string {
  const parts = [submissions > 0 && count(submissions, "submission"), skips > 0 && count(skips, "skip")];
  const all = parts.filter((part) => part !== false).join(" and ");
  return `${all} from before ${submissions + skips === 1 ? "was" : "were"} sent.`;
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}

function wordApart({ state }: Extract<News, { kind: "apart" }>, time: string): string {
  switch (state) {
    case "submitted":
      return `Your correction from ${time} of an earlier submission is back as its draft.`;
    case "skipped":
      return `Your draft from ${time} is stored, but you skipped its instance.`;
    default:
      return `Your draft from ${time} is stored, but your time on its instance ran out. While a place is free you can still submit it.`;
  }
}
