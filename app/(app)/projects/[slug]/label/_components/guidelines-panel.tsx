"use client";

import { RenderedText } from "./rendered-text";
import { SidePanel } from "./side-panel";

/** The guidelines as the server rendered them; no HTML when there are none. */
export type Guidelines = { version: number; html: string | null };

export function GuidelinesPanel({
  guidelines: { version, html },
  onClose,
}: {
  guidelines: Guidelines;
  onClose: () => void;
}) {
  return (
    <SidePanel title="Guidelines" closeKey="G" onClose={onClose}>
      <div className="px-4 py-3">
        {html === null ? (
          <p className="text-muted-foreground">
            This project has no guidelines. Its questions say what they mean below the texts.
          </p>
        ) : (
          <>
            <RenderedText html={html} className="text-[0.9375rem]" />
            <p className="mt-4 border-t pt-2 text-xs text-muted-foreground">Version {version}</p>
          </>
        )}
      </div>
    </SidePanel>
  );
}
