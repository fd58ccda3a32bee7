import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/app/_components/ui/cn";
import type { AssignmentView } from "@/lib/assignments/schema";
import { messageName } from "@/lib/text/marked-text";
import { Images, promptImageHeight } from "../images/images";
import { MarkableText } from "../marking/markable-text";

const roles = ["system", "user", "assistant", "tool"] as const;

/** The turns so far. The completions answer the last one, so a long conversation starts there and is read upwards. */
export function Conversation({ messages }: { messages: NonNullable<AssignmentView["messages"]> }) {
  const t = useTranslations("label");
  return (
    <ol ref={showLastTurn} className="grid gap-2.5">
      {messages.map((message, index) => {
        const { role, images } = message;
        const known = roles.find((one) => one === role);
        return (
          <li key={index}>
            <details open className="group grid gap-0.5">
              <summary className="flex w-fit list-none items-center gap-1 rounded text-xs font-medium text-muted-foreground hover:text-foreground [&::-webkit-details-marker]:hidden">
                <ChevronDown
                  aria-hidden
                  className="size-3 -rotate-90 transition-transform duration-150 group-open:rotate-0 rtl:rotate-90 rtl:group-open:rotate-0"
                />
                {known ? t(`texts.roles.${known}`) : role}
              </summary>
              <div className={cn("border-s-2 ps-3", role === "user" ? "border-primary/50" : "border-border-strong")}>
                <Images
                  {...{ images, maxHeight: promptImageHeight }}
                  of={messageName(index)}
                  owner={t("texts.message", { number: index + 1 })}
                />
                <MarkableText on={messageName(index)} rendered={message} />
              </div>
            </details>
          </li>
        );
      })}
    </ol>
  );
}

function showLastTurn(list: HTMLOListElement | null): void {
  const pane = list?.parentElement;
  const last = list?.lastElementChild;
  if (pane && last instanceof HTMLElement) pane.scrollTop = last.offsetTop;
}
