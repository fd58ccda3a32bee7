"use client";

import { LockKeyhole } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import type { Translate } from "@/app/i18n/translate";
import type { Reveal } from "@/lib/projects/schema";
import { isPassing, messageOf } from "../calls";
import { isAnswered, placesOf } from "../places";
import type { Work } from "../session";
import type { Actions } from "../use-actions";

type HiddenTextProps = { hidden: Reveal; work: Work; actions: Actions };

/** Stands where a text will be: says which question reveals it, and reveals it once that is answered. */
export function HiddenText({ hidden: { show, after }, work, actions }: HiddenTextProps) {
  const t = useTranslations("label");
  const [state, setState] = useState<{ isOpening: boolean; trouble: string | null }>({
    isOpening: false,
    trouble: null,
  });
  const { assignment, answers } = work;
  const places = placesOf(assignment).filter(({ question }) => question.id === after);
  const isReady = places.every((place) => isAnswered(place, assignment, answers));
  const name = places[0]?.name ?? after;

  async function open() {
    setState({ isOpening: true, trouble: null });
    const trouble = await actions.reveal(after).catch((error: unknown) => wordTrouble(error, show, t));
    setState({ isOpening: false, trouble: trouble ?? null });
  }

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-1.5 text-[0.8125rem] text-muted-foreground">
      <p className="flex min-w-0 items-start gap-2">
        <LockKeyhole aria-hidden className="mt-0.5 size-4 shrink-0" />
        {isReady ? t("reveal.ready", { show, name }) : t("reveal.waits", { show, name })}
      </p>
      {isReady ? (
        <Button size="sm" data-reveal pending={state.isOpening} onClick={() => void open()}>
          {t("reveal.open", { show })}
        </Button>
      ) : null}
      {state.trouble === null ? null : (
        <p role="alert" className="basis-full text-tone-amber-ink">
          {state.trouble}
        </p>
      )}
    </div>
  );
}

function wordTrouble(error: unknown, show: Reveal["show"], t: Translate<"label">): string {
  return isPassing(error) ? t("reveal.notSaved", { show, trouble: messageOf(error) }) : messageOf(error);
}
