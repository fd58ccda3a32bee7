import { expect, test } from "vitest";
import { inLocale } from "@/lib/say";
import type { AuditEventView } from "./schema";
import { tellEvent } from "./tell-event";

function told(event: Partial<AuditEventView>): AuditEventView {
  const id = "00000000-0000-7000-8000-000000000001";
  const whole = {
    id,
    at: "2026-11-26T12:00:00.000Z",
    actor: "ada@example.org",
    projectSlug: null,
    detail: {},
  } as const;
  return inLocale("zh-Hans", () => tellEvent({ ...whole, action: "project.update", target: "x", ...event }));
}

test("what the product says of an event is said in the language of the reader", () => {
  const policy = told({
    action: "policy.apply",
    actor: "Tandem",
    target:
      "policy 3: Send 20 % to people, drawn at random, and the rest to AI. Keep 5 % dual: labelled by people and AI.",
    detail: { cause: "It follows fit 2.", version: 3 },
  });
  expect(policy).toMatchObject({
    target: "策略 3：将随机抽取的 20 % 交给人工，其余交给 AI。保留 5 % 作双重标注：由人工和 AI 分别标注。",
    detail: { cause: "它跟随拟合 2。", version: 3 },
  });
  expect(told({ action: "reward.promote", target: "reward model version 4" }).target).toBe("奖励模型版本 4");
  const scheduled = "scheduled learned policy, which could not be applied";
  expect(
    told({ action: "policy.apply", target: scheduled, detail: { error: "There is no policy 3 in project x." } }),
  ).toMatchObject({
    target: "计划应用的策略，未能应用",
    detail: { scheduledPolicy: "learned", error: "项目 x 中没有策略 3。" },
  });
  expect(told({ action: "member.invite", target: "anyone with the link" }).target).toBe("任何持有链接的人");
  expect(told({ actor: "command line" }).actor).toBe("命令行");
});

test("what people have named stays as they named it, whatever it says", () => {
  expect(told({ action: "snapshot.create", target: "snapshot Its answer cannot be read" }).target).toBe(
    "快照 Its answer cannot be read",
  );
  expect(told({ action: "judge.create", target: "Its answer cannot be read" }).target).toBe(
    "Its answer cannot be read",
  );
  const reason = { reason: "Its answer cannot be read" };
  expect(told({ action: "reward.promote", target: "reward model version 4", detail: reason }).detail).toEqual(reason);
});
