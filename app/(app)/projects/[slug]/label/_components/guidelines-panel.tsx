"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { RelativeTime } from "@/app/_components/ui/time";
import { useKeyOf } from "./command-key";
import { FindInText } from "./find-in-text";
import { RenderedText } from "./rendered-text";
import { SidePanel } from "./side-panel";

type Version = { version: number; createdAt: string };

/** The guidelines as the server rendered them; no HTML when there are none. */
export type Guidelines = Version & {
  html: string | null;
  /** The version of this person's newest label, and those that came after it. */
  sinceMine: { version: number; newer: Version[] } | null;
};

export function GuidelinesPanel({ guidelines, onClose }: { guidelines: Guidelines; onClose: () => void }) {
  const t = useTranslations("label");
  const { version, createdAt, html, sinceMine } = guidelines;
  const textRef = useRef<HTMLDivElement>(null);
  return (
    <SidePanel title={t("guidelines.title")} closeKey={useKeyOf("guidelines")} onClose={onClose}>
      {html === null ? null : (
        <div className="sticky top-0 z-10 border-b bg-background px-3 py-2">
          <FindInText key={version} textRef={textRef} label={t("guidelines.find")} />
        </div>
      )}
      <div className="px-4 py-3">
        <p className="mb-3 text-xs text-muted-foreground">
          {t.rich("guidelines.version", { version, time: () => <RelativeTime value={createdAt} /> })}
        </p>
        {sinceMine && sinceMine.newer.length > 0 ? (
          <p className="mb-3 rounded-md bg-tone-indigo-soft px-3 py-2 text-[0.8125rem] text-tone-indigo-ink">
            {t.rich("guidelines.since", {
              version: sinceMine.version,
              newer: () =>
                sinceMine.newer.map((newer, index) => (
                  <span key={newer.version}>
                    {index > 0 ? t("list.comma") : ""}
                    {t.rich("guidelines.newer", {
                      version: newer.version,
                      time: () => <RelativeTime value={newer.createdAt} />,
                    })}
                  </span>
                )),
            })}
          </p>
        ) : null}
        {html === null ? (
          <p className="text-muted-foreground">{t("guidelines.none")}</p>
        ) : (
          <div ref={textRef}>
            <RenderedText html={html} className="text-[0.9375rem]" />
          </div>
        )}
      </div>
    </SidePanel>
  );
}
