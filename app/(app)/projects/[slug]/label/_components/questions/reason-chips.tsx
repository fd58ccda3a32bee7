import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { choiceIn, reasonsIn, sideOf, withReasons, type ReasonedChoice } from "@/lib/assignments/reasons/schema";
import { letterOf } from "@/lib/text/letter";
import { directionOf } from "@/lib/text/locales";

type ReasonChipsProps = {
  /** Of the aspect. */
  name: string;
  offered: readonly string[];
  scale: number;
  given: ReasonedChoice | undefined;
  onGive: (given: ReasonedChoice) => void;
};

/**
 * What can speak for the preferred completion, each to be ticked or not; nothing where none is preferred. Tab stops once at
 * all of them, as at the points above, so that those who tick nothing are past them with one key.
 */
export function ReasonChips({ name, offered, scale, given, onGive }: ReasonChipsProps) {
  const t = useTranslations("label.reasons");
  const direction = directionOf(useLocale());
  const [stop, setStop] = useState(0);
  const side = given === undefined ? null : sideOf(choiceIn(given), scale);
  const letter = side === null ? "" : letterOf(side);
  const ticked = reasonsIn(given);

  function toggle(reason: string): void {
    const after = ticked.includes(reason) ? ticked.filter((one) => one !== reason) : [...ticked, reason];
    onGive(withReasons(choiceIn(given!), after, offered));
  }

  function goBeside(event: KeyboardEvent<HTMLElement>): void {
    const forward = direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const by = event.key === forward || event.key === "ArrowDown" ? 1 : event.key.startsWith("Arrow") ? -1 : 0;
    if (by === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const boxes = event.currentTarget.querySelectorAll("input");
    boxes[(stop + by + boxes.length) % boxes.length]!.focus();
  }

  return (
    <>
      <p role="status" className="sr-only">
        {side === null ? "" : t("offered", { letter, name })}
      </p>
      {side === null ? null : (
        <div
          role="group"
          aria-label={t("of", { letter, name })}
          onKeyDown={goBeside}
          className="flex flex-wrap items-center gap-1.5 pb-0.5 @2xl:ps-[9.25rem]"
        >
          <span aria-hidden className="text-xs text-muted-foreground">
            {t("why", { letter })}
          </span>
          {offered.map((reason, index) => (
            <label
              key={reason}
              className="relative flex min-h-6 max-w-full cursor-pointer items-center rounded-xl border border-dashed border-border-strong px-2.5 py-0.5 text-xs text-muted-foreground transition-colors duration-150 select-none hover:text-foreground has-checked:border-solid has-checked:border-primary has-checked:bg-tone-indigo-soft has-checked:font-medium has-checked:text-tone-indigo-ink has-focus-visible:outline-2 has-focus-visible:outline-ring pointer-coarse:min-h-8"
            >
              <input
                type="checkbox"
                checked={ticked.includes(reason)}
                tabIndex={index === stop ? 0 : -1}
                onFocus={() => setStop(index)}
                onChange={() => toggle(reason)}
                className="sr-only"
              />
              <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
                {reason}
              </span>
            </label>
          ))}
        </div>
      )}
    </>
  );
}
