import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import type { Locale } from "@/lib/text/locales";
import { auditActions, auditFacts, type AuditEventView } from "@/lib/auth/schema";
import en from "@/messages/en";
import { messagesOf } from "@/messages/messages";
import { numbersOf } from "../ui/numbers";
import { wordFacts, wordTarget } from "./audit-words";

async function wordsIn(locale: Locale) {
  const messages = await messagesOf(locale);
  return {
    t: createTranslator({ locale, messages, namespace: "people.audit" }),
    tKinds: createTranslator({ locale, messages, namespace: "runs.kinds" }),
    numbers: numbersOf(locale),
  };
}

test("every action and every fact that events tell has its words, and there are no others", () => {
  const { actions, facts } = en.people.audit;
  const named = Object.entries(actions).flatMap(([of, verbs]) => Object.keys(verbs).map((verb) => `${of}.${verb}`));
  expect(named.sort()).toEqual([...auditActions].sort());
  expect(Object.keys(facts).sort()).toEqual([...auditFacts].sort());
});

test("the facts of an event are told in the language of the reader, without what is not so", async () => {
  const detail: AuditEventView["detail"] = {
    ...{ isAdmin: true, firstRun: false, before: null, role: "annotator", expiresAt: "2027-02-20T23:32:01Z" },
    ...{ isEnabled: false, humanShare: 0.25, day: 5_500_000, why: "hand", name: "none" },
  };
  expect(wordFacts(detail, await wordsIn("en"))).toBe(
    "site admin, role annotator, until 20 Feb 2027, switched off, 25.0\u202f% to people, a day 5.5, promoted by hand, name none",
  );
  expect(wordFacts(detail, await wordsIn("zh-Hans"))).toBe(
    "站点管理员，角色 标注员，有效期至 2027年2月20日，已关闭，25.0\u202f% 交给人工，每日 5.5，手动启用，名称 none",
  );
  expect(wordFacts({ from: "annotator", to: "researcher" }, await wordsIn("zh-Hans"))).toBe("原为标注员，改为研究员");
  const file = { exportDefaults: "trl-conversational", exportRows: "consensus", exportAspect: "helpful" };
  expect(wordFacts(file, await wordsIn("en"))).toBe(
    "file that is offered first: preferences as conversations, rows of the file: consensus, aspect of the file: helpful",
  );
  expect(wordFacts(file, await wordsIn("zh-Hans"))).toBe(
    "首选导出文件：对话形式的偏好，文件的行：共识，文件的维度：helpful",
  );
  expect(wordFacts({ exportDefaults: "labels" }, await wordsIn("zh-Hans"))).toBe("首选导出文件：所有类型的标注");
  expect(wordFacts({ pooling: "cls" }, await wordsIn("zh-Hans"))).toBe("池化：第一个 token");
  expect(wordFacts({ longGone: 3 }, await wordsIn("zh-Hans"))).toBe("longGone 3");
});

test("a run that was cancelled is named by its kind", async () => {
  const event = { action: "run.cancel", target: "import 0198" } as AuditEventView;
  expect(wordTarget(event, await wordsIn("zh-Hans"))).toBe("导入 0198");
  expect(wordTarget({ ...event, action: "judge.create" }, await wordsIn("zh-Hans"))).toBe("import 0198");
});
