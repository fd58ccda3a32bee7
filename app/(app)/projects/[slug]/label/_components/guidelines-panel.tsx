"use client";

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
  const { version, createdAt, html, sinceMine } = guidelines;
  const textRef = useRef<HTMLDivElement>(null);
  return (
    <SidePanel title="Guidelines" closeKey={useKeyOf("guidelines")} onClose={onClose}>
      {html === null ? null : (
        <div className="sticky top-0 z-10 border-b bg-background px-3 py-2">
          <FindInText key={version} textRef={textRef} label="Find in the guidelines" />
        </div>
      )}
      <div className="px-4 py-3">
        <p className="mb-3 text-xs text-muted-foreground">
          Version {version}, <RelativeTime value={createdAt} />
        </p>
        {sinceMine && sinceMine.newer.length > 0 ? (
          <p className="mb-3 rounded-md bg-tone-indigo-soft px-3 py-2 text-[0.8125rem] text-tone-indigo-ink">
            Changed since you labelled last, which was with version {sinceMine.version}:{" "}
            {sinceMine.newer.map((newer, index) => (
              <span key={newer.version}>
                {index > 0 ? ", " : ""}version {newer.version} <RelativeTime value={newer.createdAt} />
              </span>
            ))}
            .
          </p>
        ) : null}
        {html === null ? (
          <p className="text-muted-foreground">
            This project has no guidelines. Its questions say what they mean below the texts.
          </p>
        ) : (
          <div ref={textRef}>
            <RenderedText html={html} className="text-[0.9375rem]" />
          </div>
        )}
      </div>
    </SidePanel>
  );
}
