import type { ComponentType } from "react";
import type { LabelTypeName } from "@/lib/labels/schema";
import { CritiquePane } from "./critique-pane";
import type { PaneProps } from "./question-type";
import { StepsPane } from "./steps-pane";

/** What questions show in the pane of each completion: the bar has no room for long lists and texts. */
export const paneComponents: { [T in LabelTypeName]?: ComponentType<PaneProps<T>> } = {
  steps: StepsPane,
  critique: CritiquePane,
};
