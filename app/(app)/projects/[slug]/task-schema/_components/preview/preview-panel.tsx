"use client";

import { ChevronLeft, ChevronRight, Maximize2, Minimize2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import type { TaskSchema } from "@/lib/projects/schema";
import { readMessage, type PreviewMessage, type ShowMessage } from "./messages";
import { useBox } from "./use-box";

/** The widths that it is looked at with, in pixels. */
const widths = { wide: 1280, phone: 375 } as const;
type Width = keyof typeof widths;

/** Milliseconds without a change before it is shown. */
const quietMs = 500;

type PreviewPanelProps = { slug: string; taskSchema: TaskSchema; guidelines: string };

/** What is being written, as annotators would see it on the project's own instances. Nothing of it is stored. */
export function PreviewPanel({ slug, ...written }: PreviewPanelProps) {
  const t = useTranslations("taskSchema.preview");
  const [chosen, setWidth] = useState<Width | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const { shown, trail, goOn, goBack } = useFrame(frame, written);
  const { dialogRef, isLarge, toggle } = useEnlarging();
  const { box, size } = useBox();
  // Where there is no room for a wide one its letters would be too small to read.
  const width = chosen ?? (size.width < widths.wide / 3 ? "phone" : "wide");
  const scale = Math.min(1, size.width / widths[width]);
  return (
    <dialog
      ref={dialogRef}
      open
      aria-label={t("title")}
      className={cn(
        "static m-0 flex h-[calc(100dvh-var(--frame-top)-3rem)] max-h-none min-h-96 w-full max-w-none flex-col rounded-lg border bg-card text-foreground",
        "[&:modal]:fixed [&:modal]:inset-0 [&:modal]:h-dvh [&:modal]:w-dvw [&:modal]:rounded-none [&:modal]:border-0",
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b px-3 py-1.5">
        <h2 className="text-[0.9375rem] font-semibold">{t("title")}</h2>
        <p role="status" className="min-w-0 flex-1 truncate text-[0.8125rem] text-muted-foreground">
          {shown === null ? "" : shown.outsideId === null ? t("example") : t("instance", { id: shown.outsideId })}
        </p>
        <WidthChoice width={width} onChange={setWidth} />
        <Button variant="ghost" size="icon" aria-label={t("previous")} disabled={trail === 0} onClick={goBack}>
          <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
        </Button>
        <Button variant="ghost" size="icon" aria-label={t("next")} disabled={!shown?.next} onClick={goOn}>
          <ChevronRight aria-hidden className="rtl:-scale-x-100" />
        </Button>
        <Button variant="ghost" size="icon" aria-label={isLarge ? t("shrink") : t("enlarge")} onClick={toggle}>
          {isLarge ? <Minimize2 aria-hidden /> : <Maximize2 aria-hidden />}
        </Button>
      </div>
      <div ref={box} className="relative min-h-0 flex-1 overflow-hidden rounded-b-lg bg-muted">
        <iframe
          ref={frame}
          title={t("frame")}
          src={`/projects/${slug}/task-schema/preview`}
          style={{ width: widths[width], height: size.height / scale, transform: `scale(${scale})` }}
          className="absolute top-0 left-1/2 origin-top -translate-x-1/2 bg-background"
        />
      </div>
    </dialog>
  );
}

function WidthChoice({ width, onChange }: { width: Width; onChange: (width: Width) => void }) {
  const t = useTranslations("taskSchema.preview");
  return (
    <fieldset className="flex rounded-md border text-[0.8125rem]">
      <legend className="sr-only">{t("width")}</legend>
      {(["wide", "phone"] as const).map((one) => (
        <label
          key={one}
          className="cursor-pointer rounded-md px-2 py-1 text-muted-foreground has-checked:bg-accent has-checked:font-medium has-checked:text-foreground has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            name="preview-width"
            className="sr-only"
            checked={width === one}
            onChange={() => onChange(one)}
          />
          {t(one)}
        </label>
      ))}
    </fieldset>
  );
}

/** Tells the frame what to show, once it listens and after every change, and hears what it shows. */
function useFrame(frame: RefObject<HTMLIFrameElement | null>, written: Omit<PreviewPanelProps, "slug">) {
  const { taskSchema, guidelines } = written;
  const [shown, setShown] = useState<Extract<PreviewMessage, { tandem: "shown" }> | null>(null);
  /** Ids of instances before the one that is shown. */
  const [trail, setTrail] = useState<string[]>([]);
  const [wanted, setWanted] = useState<string | null>(null);
  const send = useEffectEvent(() => {
    const message: ShowMessage = { tandem: "show", taskSchema, guidelines, instance: wanted };
    frame.current?.contentWindow?.postMessage(message, window.location.origin);
  });
  const hear = useEffectEvent((event: MessageEvent) => {
    if (event.source !== frame.current?.contentWindow) return;
    const said = readMessage<PreviewMessage>(event, ["listening", "shown"]);
    if (said?.tandem === "listening") send();
    if (said?.tandem === "shown") setShown(said);
  });
  useEffect(() => {
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);
  useEffect(() => {
    const timer = setTimeout(send, quietMs);
    return () => clearTimeout(timer);
  }, [taskSchema, guidelines]);
  useEffect(() => send(), [wanted]);
  return {
    shown,
    trail: trail.length,
    goOn: () => {
      if (!shown?.next || !shown.instance) return;
      setTrail([...trail, shown.instance]);
      setWanted(shown.next);
    },
    goBack: () => {
      setWanted(trail.at(-1) ?? null);
      setTrail(trail.slice(0, -1));
    },
  };
}

/** Over the whole window and back. The frame must not be put elsewhere in the page, where it would load again. */
function useEnlarging() {
  const dialogRef = useRef<HTMLDialogElement>(null);
  const [isLarge, setLarge] = useState(false);
  useEffect(() => {
    const dialog = dialogRef.current!;
    // Closed as a layer over the page it stands in its place again.
    const stay = () => {
      dialog.setAttribute("open", "");
      setLarge(false);
    };
    dialog.addEventListener("close", stay);
    return () => dialog.removeEventListener("close", stay);
  }, []);
  const toggle = ({ currentTarget: button }: MouseEvent<HTMLElement>) => {
    const dialog = dialogRef.current!;
    if (dialog.matches(":modal")) return dialog.close();
    // Closing it would be told later, when it is large already.
    dialog.removeAttribute("open");
    dialog.showModal();
    button.focus();
    setLarge(true);
  };
  return { dialogRef, isLarge, toggle };
}
