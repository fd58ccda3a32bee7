"use client";

import { useStoredFlag } from "../use-stored-flag";

/** Whether all texts are shown as they were written, with their markdown. */
export function useSource(): [boolean, (isSource: boolean) => void] {
  return useStoredFlag("tandem-source-texts", false);
}
