"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { AssignmentView } from "@/lib/assignments/schema";
import { Images } from "./images/images";
import { MarkableText } from "./marking/markable-text";
import { RenderedText } from "./rendered-text";

/** A picture in the prompt leaves room for a line or two of its text. */
const promptImageHeight = "21dvh";

type Tab = "prompt" | "context";

/** What the completions answer: the prompt or the chat so far, with the context beside it; folds away when read. */
export function PromptPane({ assignment: { prompt, messages, images, contextHtml } }: { assignment: AssignmentView }) {
  const [tab, setTab] = useState<Tab>("prompt");
  const [isFolded, setFolded] = useState(false);
  const tabs: { id: Tab; label: string }[] = [
    { id: "prompt", label: messages ? "Conversation" : "Prompt" },
    ...(contextHtml === null ? [] : [{ id: "context" as const, label: "Context" }]),
  ];
  return (
    <section
      aria-label={tabs.find(({ id }) => id === tab)!.label}
      className="flex shrink-0 flex-col border-b bg-sidebar"
    >
      <div className="flex items-center gap-1 px-3 pt-1.5 sm:px-4">
        {tabs.map(({ id, label }) =>
          tabs.length === 1 ? (
            <h2 key={id} className="text-xs font-medium text-muted-foreground">
              {label}
            </h2>
          ) : (
            <button
              key={id}
              type="button"
              aria-pressed={tab === id}
              onClick={() => setTab(id)}
              className="rounded px-1.5 py-0.5 text-xs font-medium text-muted-foreground first:-ml-1.5 hover:text-foreground aria-pressed:bg-accent aria-pressed:text-foreground"
            >
              {label}
            </button>
          ),
        )}
        <button
          type="button"
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
          className="ml-auto flex items-center gap-1 rounded px-1.5 py-0.5 text-xs text-muted-foreground hover:text-foreground"
        >
          {isFolded ? "Unfold" : "Fold"}
          <ChevronDown
            aria-hidden
            className={cn("size-3.5 transition-transform duration-150", !isFolded && "rotate-180")}
          />
        </button>
      </div>
      <div
        // Folded text stays in sight as one line, but nothing in it can be reached.
        inert={isFolded}
        tabIndex={isFolded ? undefined : 0}
        className={cn(
          "relative px-3 pt-1 pb-3 sm:px-4",
          isFolded ? "max-h-9 overflow-hidden pb-0 opacity-60" : "max-h-[26dvh] overflow-y-auto max-md:max-h-[40dvh]",
        )}
      >
        {tab === "context" && contextHtml !== null ? <RenderedText html={contextHtml} /> : null}
        {tab === "prompt" ? (
          <Images images={images} of="prompt" owner="the prompt" maxHeight={promptImageHeight} />
        ) : null}
        {tab === "prompt" && prompt ? <MarkableText on="prompt" rendered={prompt} /> : null}
        {tab === "prompt" && messages ? <Conversation messages={messages} /> : null}
      </div>
    </section>
  );
}

const roles: Record<string, string> = { system: "System", user: "User", assistant: "Assistant", tool: "Tool" };

/** The turns so far. The completions answer the last one, so a long conversation starts there and is read upwards. */
function Conversation({ messages }: { messages: NonNullable<AssignmentView["messages"]> }) {
  return (
    <ol ref={showLastTurn} className="grid gap-2.5">
      {messages.map(({ role, html, images }, index) => (
        <li key={index}>
          <details open className="group grid gap-0.5">
            <summary className="flex w-fit list-none items-center gap-1 rounded text-xs font-medium text-muted-foreground hover:text-foreground [&::-webkit-details-marker]:hidden">
              <ChevronDown
                aria-hidden
                className="size-3 -rotate-90 transition-transform duration-150 group-open:rotate-0"
              />
              {roles[role] ?? role}
            </summary>
            <div className={cn("border-l-2 pl-3", role === "user" ? "border-primary/50" : "border-border-strong")}>
              <Images
                {...{ images, maxHeight: promptImageHeight }}
                of={`message-${index}`}
                owner={`message ${index + 1}`}
              />
              <RenderedText html={html} />
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}

function showLastTurn(list: HTMLOListElement | null): void {
  const pane = list?.parentElement;
  const last = list?.lastElementChild;
  if (pane && last instanceof HTMLElement) pane.scrollTop = last.offsetTop;
}
