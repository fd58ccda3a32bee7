import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { cn } from "@/app/_components/ui/cn";
import type { InstanceResponse } from "@/lib/instances/schema";
import { directionOfHtml } from "@/lib/text/direction";
import type { Rendered } from "@/lib/text/render";
import { nameWhole } from "../../../_components/completion-names";
import { InstanceImages } from "./instance-images";

type CompletionView = InstanceResponse["completions"][number];
/** Makes HTML of a text, with its images from this site. */
type Render = (text: string) => Promise<Rendered>;

/** The prompt with what belongs to it, and the completions side by side. */
export async function Texts({ render, instance }: { render: Render; instance: InstanceResponse }) {
  const t = await getTranslations("instances.detail");
  const { context, reference, completions } = instance;
  const preferred = preferredCompletion(instance);
  const name = nameWhole(
    completions.map(({ outsideId }) => outsideId),
    await getTranslations("projects.labels"),
  );
  return (
    <div className="grid grid-cols-1 gap-4">
      <section className="grid grid-cols-1 gap-3 rounded-lg border bg-card p-4">
        <h2 className="text-xs font-medium text-muted-foreground">{t("prompt")}</h2>
        <Prompt render={render} instance={instance} />
        {context !== null ? <Folded title={t("context")} render={render} text={context} /> : null}
        {reference !== null ? <Folded title={t("reference")} render={render} text={reference} /> : null}
      </section>
      <div
        className={cn(
          "grid grid-cols-1 items-start gap-4",
          completions.length > 1 && "lg:grid-cols-2",
          completions.length > 2 && "2xl:grid-cols-3",
        )}
      >
        {completions.map((completion) => (
          <Completion
            key={completion.index}
            {...{ render, completion }}
            name={name(completion.index)}
            isPreferred={completion.index === preferred}
          />
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

async function Prompt({ render, instance }: { render: Render; instance: InstanceResponse }) {
  const t = await getTranslations("instances.detail");
  const { prompt, messages, images } = instance;
  if (messages === null) {
    return (
      <div>
        <InstanceImages images={images} owner={t("owners.prompt")} />
        {prompt === null || prompt.trim() === "" ? (
          <p className="text-muted-foreground">{t(images.length > 0 ? "noText" : "isEmpty")}</p>
        ) : (
          <Prose render={render} text={prompt} />
        )}
      </div>
    );
  }
  return (
    <ol className="grid grid-cols-1 gap-4">
      {images.length > 0 ? (
        <li>
          <InstanceImages images={images} owner={t("owners.conversation")} />
        </li>
      ) : null}
      {messages.map(({ role, content, images: shown = [] }, index) => (
        <li
          key={index}
          className={cn("border-s-2 ps-3", role === "user" ? "border-primary/50" : "border-border-strong")}
        >
          <p className="mb-1 text-xs font-medium text-muted-foreground">{role}</p>
          <InstanceImages images={shown} owner={t("owners.message", { number: index + 1 })} />
          <Prose render={render} text={content} />
        </li>
      ))}
    </ol>
  );
}

type CompletionProps = { render: Render; completion: CompletionView; name: string; isPreferred: boolean };

function Completion({ render, completion, name, isPreferred }: CompletionProps) {
  const t = useTranslations("instances.detail");
  const { model, images } = completion;
  return (
    <section className={cn("min-w-0 rounded-lg border bg-card p-4", isPreferred && "border-chosen/60")}>
      <header className="mb-3 flex min-h-5 flex-wrap items-center gap-2">
        <h2 className="min-w-0 text-xs font-medium [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </h2>
        {model !== null ? (
          <span className="text-[0.8125rem] text-muted-foreground [overflow-wrap:anywhere]">{model}</span>
        ) : null}
        {isPreferred ? (
          <Badge variant="emerald" className="ms-auto">
            {t("preferred")}
          </Badge>
        ) : null}
      </header>
      <InstanceImages images={images} owner={name} />
      <CompletionText {...{ render, completion }} />
    </section>
  );
}

function CompletionText({ render, completion }: Pick<CompletionProps, "render" | "completion">) {
  const t = useTranslations("instances.detail");
  const { text, steps, images } = completion;
  if (steps !== null) return <Steps {...{ render, steps }} />;
  if (text === "" && images.length > 0) return null;
  if (text === null) return <Missing>{t("notImported")}</Missing>;
  if (text.trim() === "") return <Missing>{t(text === "" ? "emptyText" : "whiteSpace")}</Missing>;
  return <Prose {...{ render, text }} />;
}

async function Steps({ render, steps }: { render: Render; steps: string[] }) {
  return (
    <ol className="grid grid-cols-1 gap-2">
      {steps.map((step, index) => (
        <li key={index} className="flex gap-3">
          <span className="w-6 shrink-0 pt-0.5 text-end text-muted-foreground tabular-nums">{index + 1}</span>
          <Prose render={render} text={step} />
        </li>
      ))}
    </ol>
  );
}

function Missing({ children }: { children: ReactNode }) {
  return <p className="text-muted-foreground">{children}</p>;
}

function Folded({ title, render, text }: { title: string; render: Render; text: string }) {
  return (
    <details className="border-t pt-3">
      <summary className="w-fit rounded-sm text-[0.8125rem] font-medium">{title}</summary>
      <div className="mt-2">
        <Prose {...{ render, text }} />
      </div>
    </details>
  );
}

async function Prose({ render, text }: { render: Render; text: string }) {
  const { html } = await render(text);
  return (
    <div dir={directionOfHtml(html)} className="prose-reading min-w-0" dangerouslySetInnerHTML={{ __html: html }} />
  );
}
