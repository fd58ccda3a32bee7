import { useTranslations } from "next-intl";

/** A text as it was sent or received, folded until it is wanted. */
export function RawText({ summary, text, isOpen }: { summary: string; text: string; isOpen?: boolean }) {
  const t = useTranslations("judges.detail");
  return (
    <details open={isOpen} className="min-w-0 text-[0.8125rem]">
      <summary className="w-fit cursor-pointer text-muted-foreground hover:text-foreground">{summary}</summary>
      <pre
        dir="auto"
        tabIndex={0}
        role="region"
        aria-label={summary}
        className="mt-1.5 max-h-80 overflow-auto rounded-md border bg-sidebar px-3 py-2 font-mono text-xs leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap [font-variant-ligatures:none]"
      >
        {text === "" ? t("noText") : text}
      </pre>
    </details>
  );
}
