"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

import { api } from "@/app/_components/api-client";
import type { JudgeTrial, LmJudgeView, TryJudgeInput } from "@/lib/judges/schema";
import { configOf, type JudgeValues } from "../judge-values";

/** What a judge is tried on. */
export type TriedOn = Pick<TryJudgeInput, "instanceId" | "question" | "aspect" | "completion" | "pair">;

export type Trying = {
  start: (values: JudgeValues, about: TriedOn) => void;
  /** Nothing more is asked; what was sent already may cost. */
  cancel: () => void;
  reset: () => void;
  isPending: boolean;
  error: Error | null;
  data: JudgeTrial | undefined;
};

/** Tries the settings of a form, one trial at a time. */
export function useTrial(slug: string, judge: LmJudgeView | null): Trying {
  const controller = useRef<AbortController>(null);
  const attempt = useMutation({
    mutationFn: ({ values, about }: { values: JudgeValues; about: TriedOn }) => {
      controller.current = new AbortController();
      const body = {
        config: configOf(values, judge),
        ...(values.apiKey !== "" && { apiKey: values.apiKey }),
        ...(judge && !values.removeKey && { judgeId: judge.id }),
        ...about,
      };
      return api<JudgeTrial>("POST", `/api/v1/projects/${slug}/judges/try`, body, {
        signal: controller.current.signal,
      });
    },
  });
  return {
    start: (values, about) => attempt.mutate({ values, about }),
    cancel: () => {
      // The mutation is forgotten first, so that its end is no failure.
      attempt.reset();
      controller.current?.abort();
    },
    reset: attempt.reset,
    isPending: attempt.isPending,
    error: attempt.error,
    data: attempt.data,
  };
}
