"use client";

import { useTranslations } from "next-intl";
import { createContext, use } from "react";
import type { ApiFault } from "@/app/_components/api-client";
import type { Question } from "@/lib/projects/schema";

type EditorState = {
  /** What the API says against the draft, with paths inside of the task schema. */
  faults: readonly ApiFault[];
  questions: readonly Question[];
  /** Ids that labels may have (savedIds). */
  saved: ReadonlySet<string>;
};

export const EditorContext = createContext<EditorState>({ faults: [], questions: [], saved: new Set() });

export function useEditor(): EditorState {
  return use(EditorContext);
}

/** What is wrong with one field, as a sentence; undefined when nothing is. */
export function useFault(path: string): string | undefined {
  const t = useTranslations("taskSchema.faults");
  const message = useEditor().faults.find((fault) => fault.path === path)?.message;
  return message && t("sentence", { message: `${message.charAt(0).toUpperCase()}${message.slice(1)}` });
}
