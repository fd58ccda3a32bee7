import { memo } from "react";
import { cn } from "@/app/_components/ui/cn";
import { directionOfHtml } from "@/lib/text/direction";

/**
 * A text of others as the server rendered and sanitised it (lib/text/render). Its language is unknown, which keeps the
 * browser from hyphenating it as English.
 */
export const RenderedText = memo(function RenderedText({ html, className }: { html: string; className?: string }) {
  return (
    <div
      lang=""
      dir={directionOfHtml(html)}
      className={cn("prose-reading", className)}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
});
