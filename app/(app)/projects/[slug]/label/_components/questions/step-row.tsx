import { useTranslations } from "next-intl";
import { memo, useId } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Kbd } from "@/app/_components/ui/kbd";
import { ReadableText } from "../reading/readable-text";
import { flagKeys, stepOptions, type StepLabel } from "./steps";

/** What is done with a step. */
export type StepAct = { do: "turn" | "first-error" } | { do: "judge"; label: StepLabel } | { do: "flag"; flag: string };

type StepRowProps = {
  html: string;
  text: string;
  /** The letter of the completion. */
  letter: string;
  /** Its index. */
  step: number;
  place: number;
  label: StepLabel | null;
  /** All that can be said of a step besides its label, and what is said of this one. */
  flags: string[];
  raised: string[];
  isFirstError: boolean;
  /** Keys are about this step. */
  isActive: boolean;
  onAct: (step: number, act: StepAct) => void;
};

/** A step with its judgement beside it, or below it where it is narrow. Rows out of sight cost no layout and no paint. */
export const StepRow = memo(function StepRow(props: StepRowProps) {
  const { html, text, letter, step, place, label, isActive, onAct } = props;
  const t = useTranslations("label");
  const number = step + 1;
  const onTurn = () => onAct(step, { do: "turn" });
  return (
    <li
      data-row
      // A pressed mouse button moves the focus, too: rows that change their height then would move away under the click.
      onFocus={({ target }) => target.matches(":focus-visible") && onTurn()}
      // A click anywhere in a row is about its step; with keys the row's controls take the focus.
      onClick={onTurn}
      className={cn(
        "grid scroll-my-10 [contain-intrinsic-size:auto_2.75rem] [content-visibility:auto] grid-cols-[1.75rem_minmax(0,1fr)] gap-x-2 gap-y-1.5 rounded-md border-s-2 border-transparent py-1.5 ps-1 pe-2",
        "@md:grid-cols-[1.75rem_minmax(0,1fr)_auto]",
        isActive && "border-primary bg-accent/60",
      )}
    >
      <span
        aria-hidden
        className={cn(
          "text-end text-[0.8125rem] leading-[1.6rem] tabular-nums",
          isActive ? "font-semibold text-foreground" : "text-muted-foreground",
        )}
      >
        {number}
      </span>
      {html === "" ? (
        <p className="leading-[1.6rem] text-muted-foreground italic">{t("steps.empty")}</p>
      ) : (
        <ReadableText {...{ html, text }} />
      )}
      <StepJudgement
        name={t("steps.stepOf", { step: number, letter })}
        {...{ place, isActive }}
        chosen={label}
        onChoose={(chosen) => onAct(step, { do: "judge", label: chosen })}
      />
      <StepRemarks {...props} />
    </li>
  );
});

const chosenClasses: Record<StepLabel, string> = {
  good: "has-checked:border-tone-emerald has-checked:bg-tone-emerald-soft has-checked:text-tone-emerald-ink",
  neutral: "has-checked:border-tone-zinc has-checked:bg-tone-zinc-soft has-checked:text-tone-zinc-ink",
  bad: "has-checked:border-tone-rose has-checked:bg-tone-rose-soft has-checked:text-tone-rose-ink",
};

type StepJudgementProps = {
  name: string;
  place: number;
  chosen: StepLabel | null;
  isActive: boolean;
  onChoose: (label: StepLabel) => void;
};

/** Three radio buttons that show the keys they are pressed with. */
function StepJudgement({ name, place, chosen, isActive, onChoose }: StepJudgementProps) {
  const t = useTranslations("label");
  const group = useId();
  return (
    <div
      role="radiogroup"
      aria-label={name}
      data-place={place}
      // Chosen buttons lie over their neighbours, but not over the letter that stays above the steps.
      className="isolate col-start-2 grid auto-cols-fr grid-flow-col self-start @md:col-start-3"
    >
      {stepOptions.map(({ label, sign, keys }, index) => (
        <label
          key={label}
          title={t(`steps.${label}`)}
          className={cn(
            "relative -ms-px flex h-8 min-w-9 cursor-pointer items-center justify-center gap-1 border border-border-strong bg-background px-2 text-[0.8125rem] select-none first:ms-0 first:rounded-s-md last:rounded-e-md",
            "text-muted-foreground transition-colors duration-150 hover:bg-accent has-checked:z-10 has-checked:font-semibold",
            "has-focus-visible:z-10 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring",
            chosenClasses[label],
          )}
        >
          <input
            type="radio"
            name={group}
            value={label}
            aria-label={t(`steps.${label}`)}
            aria-keyshortcuts={isActive ? keys[0] : undefined}
            checked={chosen === label}
            // As for all radio buttons here, the browser's own choice of a stop does not outlive a rendering.
            tabIndex={(chosen === null ? index === 0 : chosen === label) ? 0 : -1}
            onChange={() => onChoose(label)}
            className="sr-only"
          />
          <span aria-hidden className="text-base leading-none font-semibold">
            {sign}
          </span>
          <span aria-hidden className="@md:hidden @2xl:inline">
            {t(`steps.${label}`)}
          </span>
        </label>
      ))}
    </div>
  );
}

/** Whether a bad step is the first error, and its flags. Rows that keys are not about show what was said only. */
function StepRemarks(props: StepRowProps) {
  const t = useTranslations("label");
  const { label, flags, raised, isFirstError, isActive, step, letter, onAct } = props;
  const shownFlags = flags.filter((flag) => isActive || raised.includes(flag));
  if (label !== "bad" && shownFlags.length === 0) return null;
  return (
    <div
      role="group"
      aria-label={t("steps.about", { step: step + 1, letter })}
      className="col-[2/-1] flex flex-wrap gap-1.5"
    >
      {label === "bad" ? (
        <Toggle
          isOn={isFirstError}
          keyLabel={isActive ? "E" : undefined}
          tone="rose"
          onToggle={() => onAct(step, { do: "first-error" })}
        >
          {t("steps.firstError")}
        </Toggle>
      ) : null}
      {shownFlags.map((flag) => (
        <Toggle
          key={flag}
          isOn={raised.includes(flag)}
          keyLabel={isActive ? flagKeys[flags.indexOf(flag)] : undefined}
          tone="indigo"
          onToggle={() => onAct(step, { do: "flag", flag })}
        >
          {flag}
        </Toggle>
      ))}
    </div>
  );
}

type ToggleProps = {
  isOn: boolean;
  keyLabel: string | undefined;
  tone: "rose" | "indigo";
  onToggle: () => void;
  children: string;
};

const toneClasses = {
  rose: "aria-pressed:border-tone-rose aria-pressed:bg-tone-rose-soft aria-pressed:text-tone-rose-ink",
  indigo: "aria-pressed:border-primary aria-pressed:bg-tone-indigo-soft aria-pressed:text-tone-indigo-ink",
};

function Toggle({ isOn, keyLabel, tone, onToggle, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={keyLabel}
      onClick={onToggle}
      className={cn(
        "flex min-h-7 max-w-full items-center gap-1.5 rounded-full border border-dashed border-border-strong px-2.5 py-0.5 text-start text-xs [overflow-wrap:anywhere] text-muted-foreground transition-colors duration-150 hover:text-foreground aria-pressed:border-solid aria-pressed:font-medium",
        toneClasses[tone],
      )}
    >
      <bdi>{children}</bdi>
      {keyLabel ? (
        <Kbd aria-hidden className="max-sm:hidden">
          {keyLabel}
        </Kbd>
      ) : null}
    </button>
  );
}
