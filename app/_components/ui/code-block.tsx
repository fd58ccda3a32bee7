import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** Code or a command to copy. Long lines scroll, also by keyboard. */
export function CodeBlock({ code, label = "code", className }: { code: string; label?: string; className?: string }) {
  return (
    <div className={cn("relative min-w-0 rounded-md border bg-sidebar", className)}>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="overflow-x-auto rounded-md py-2 pr-10 pl-3 font-mono text-[0.8125rem] leading-5 [font-variant-ligatures:none]"
      >
        <code>{code}</code>
      </pre>
      <CopyButton value={code} label={label} className="absolute top-1.5 right-1.5 bg-sidebar" />
    </div>
  );
}
