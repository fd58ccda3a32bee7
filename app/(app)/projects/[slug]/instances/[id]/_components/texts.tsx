import type { ReactNode } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { cn } from "@/app/_components/ui/cn";
import type { InstanceResponse } from "@/lib/instances/schema";
import { directionOfHtml } from "@/lib/text/direction";
import { renderMarkdown } from "@/lib/text/render";

type CompletionView = InstanceResponse["completions"][number];

/** The prompt with what belongs to it, and the completions side by side. */
export async function Texts({ instance }: { instance: InstanceResponse }) {
  const { context, reference, completions } = instance;
  const preferred = preferredCompletion(instance);
  return (
    <div className="grid grid-cols-1 gap-4">
      <section className="grid grid-cols-1 gap-3 rounded-lg border bg-card p-4">
        <h2 className="text-xs font-medium text-muted-foreground">Prompt</h2>
        <Prompt instance={instance} />
        {context !== null ? <Folded title="Context" text={context} /> : null}
        {reference !== null ? <Folded title="Reference answer" text={reference} /> : null}
      </section>
      <div
        className={cn(
          "grid grid-cols-1 items-start gap-4",
          completions.length > 1 && "lg:grid-cols-2",
          completions.length > 2 && "2xl:grid-cols-3",
        )}
      >
        {completions.map((completion) => (
          <Completion key={completion.index} completion={completion} isPreferred={completion.index === preferred} />
        ))}
      </div>
    </div>
  );
}

/** The one of two completions that the comparisons on the overall aspect prefer. */
function preferredCompletion({ completions, consensus }: InstanceResponse): number | undefined {
  if (completions.length !== 2) return undefined;
  const compared = consensus.filter((one) => one.type === "comparison").find(({ aspect }) => aspect === "overall");
  if (!compared || compared.payload.preferred === "tie") return undefined;
  return compared.payload.pair[compared.payload.preferred];
}

async function Prompt({ instance: { prompt, messages } }: { instance: InstanceResponse }) {
  if (messages === null) {
    return prompt === null || prompt.trim() === "" ? (
      <p className="text-muted-foreground">The prompt is empty.</p>
    ) : (
      <Prose text={prompt} />
    );
  }
  return (
    <ol className="grid grid-cols-1 gap-4">
      {messages.map(({ role, content }, index) => (
        <li
          key={index}
          className={cn("border-l-2 pl-3", role === "user" ? "border-primary/50" : "border-border-strong")}
        >
          <p className="mb-1 text-xs font-medium text-muted-foreground">{role}</p>
          <Prose text={content} />
        </li>
      ))}
    </ol>
  );
}

function Completion({ completion, isPreferred }: { completion: CompletionView; isPreferred: boolean }) {
  const { outsideId, model, text, steps } = completion;
  return (
    <section className={cn("min-w-0 rounded-lg border bg-card p-4", isPreferred && "border-chosen/60")}>
      <header className="mb-3 flex min-h-5 flex-wrap items-center gap-2">
        <h2 className="font-mono text-xs font-medium">{outsideId}</h2>
        {model !== null ? <span className="text-[0.8125rem] text-muted-foreground">{model}</span> : null}
        {isPreferred ? (
          <Badge variant="emerald" className="ml-auto">
            preferred
          </Badge>
        ) : null}
      </header>
      <CompletionText text={text} steps={steps} />
    </section>
  );
}

function CompletionText({ text, steps }: Pick<CompletionView, "text" | "steps">) {
  if (steps !== null) return <Steps steps={steps} />;
  if (text === null) return <Missing>This text was not part of the import.</Missing>;
  if (text.trim() === "") return <Missing>This text is empty{text === "" ? "" : " but for white space"}.</Missing>;
  return <Prose text={text} />;
}

async function Steps({ steps }: { steps: string[] }) {
  return (
    <ol className="grid grid-cols-1 gap-2">
      {steps.map((step, index) => (
        <li key={index} className="flex gap-3">
          <span className="w-6 shrink-0 pt-0.5 text-right text-muted-foreground tabular-nums">{index + 1}</span>
          <Prose text={step} />
        </li>
      ))}
    </ol>
  );
}

function Missing({ children }: { children: ReactNode }) {
  return <p className="text-muted-foreground">{children}</p>;
}

function Folded({ title, text }: { title: string; text: string }) {
  return (
    <details className="border-t pt-3">
      <summary className="w-fit rounded-sm text-[0.8125rem] font-medium">{title}</summary>
      <div className="mt-2">
        <Prose text={text} />
      </div>
    </details>
  );
}

async function Prose({ text }: { text: string }) {
  const html = await renderMarkdown(text);
  return (
    <div dir={directionOfHtml(html)} className="prose-reading min-w-0" dangerouslySetInnerHTML={{ __html: html }} />
  );
}
