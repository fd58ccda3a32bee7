"use client";

import { Link2, Maximize, Unlink2, X, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ImageView } from "@/lib/images/schema";
import { ShownImage } from "../../../_components/shown-image";
import { lowerFirst } from "./lower-first";
import { useHands } from "./use-hands";
import { maxZoom, panBy, panStep, transformOf, wholeView, zoomAt, zoomStep, type Size } from "./zoom";
import { useZoom, type Frame } from "./zoom-context";

type ZoomFrameProps = { image: ImageView; frame: Frame; name: string };

const arrows: Record<string, [number, number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * A picture under a glass, in its place on the page: wheel, fingers, keys and buttons zoom, dragging and arrows move it,
 * and those it is compared with follow. Escape puts it back.
 */
export function ZoomFrame({ image, frame, name }: ZoomFrameProps) {
  const t = useTranslations("label");
  const zoom = useZoom(frame);
  const root = useRef<HTMLDivElement>(null);
  const sizes = useSizes(root, image);
  const view = zoom.view ?? wholeView;
  const change = (how: (now: typeof view) => typeof view) => sizes && zoom.change(how);
  const zoomBy = (factor: number, place = { x: 0, y: 0 }) =>
    change((now) => zoomAt(now, factor, place, sizes!.frame, sizes!.picture));
  const pan = (by: { x: number; y: number }) => change((now) => panBy(now, by, sizes!.frame, sizes!.picture));
  const hands = useHands(root, { view, zoomBy, pan });
  useLeadFocus(root, zoom.isLead);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = event.target === root.current ? arrows[event.key] : undefined;
    if (event.key === "+" || event.key === "=") zoomBy(zoomStep);
    else if (event.key === "-") zoomBy(1 / zoomStep);
    else if (event.key === "0") change(() => wholeView);
    else if (event.key === "Escape") zoom.close();
    else if (arrow && sizes) {
      const { width, height } = sizes.frame;
      pan({ x: arrow[0] * panStep * width, y: arrow[1] * panStep * height });
    } else return;
    // Nothing else on the page is to answer to it.
    event.preventDefault();
  }

  return (
    <div
      ref={root}
      role="group"
      tabIndex={0}
      aria-label={t("images.zoomed", { image: name })}
      aria-keyshortcuts="+ - 0 Escape"
      data-zoom={view.zoom.toFixed(2)}
      onKeyDown={onKeyDown}
      {...hands}
      className="group/zoom absolute inset-0 cursor-grab touch-none overflow-hidden select-none focus-visible:-outline-offset-2 active:cursor-grabbing"
    >
      <div
        className="size-full"
        style={{ transform: sizes ? transformOf(view, sizes.frame, sizes.picture) : undefined }}
      >
        <ShownImage image={image} name={name} />
      </div>
      <Tools {...{ zoom, name }} level={view.zoom} onZoom={zoomBy} onFit={() => change(() => wholeView)} />
    </div>
  );
}

type ToolsProps = {
  zoom: ReturnType<typeof useZoom>;
  name: string;
  level: number;
  onZoom: (factor: number) => void;
  onFit: () => void;
};

function Tools({ zoom, name, level, onZoom, onFit }: ToolsProps) {
  const t = useTranslations("label");
  const { percent } = useNumbers();
  return (
    <div
      role="toolbar"
      aria-label={t("images.zoomOf", { image: lowerFirst(name) })}
      // Presses here are not the beginning of a drag.
      onPointerDown={(event) => event.stopPropagation()}
      className="absolute inset-x-1.5 bottom-1.5 mx-auto flex w-fit cursor-default items-center rounded-md border bg-background/90 p-0.5 shadow-sm"
    >
      <Tool label={t("images.zoomOut")} disabled={level <= 1} onPress={() => onZoom(1 / zoomStep)}>
        <ZoomOut aria-hidden />
      </Tool>
      <output aria-label={t("images.level")} dir="ltr" className="w-12 text-center text-xs tabular-nums">
        {percent(level, undefined, 0)}
      </output>
      <Tool label={t("images.zoomIn")} disabled={level >= maxZoom} onPress={() => onZoom(zoomStep)}>
        <ZoomIn aria-hidden />
      </Tool>
      <Tool label={t("images.whole")} onPress={onFit}>
        <Maximize aria-hidden />
      </Tool>
      {zoom.isCompared ? (
        <Tool label={t("images.together")} isPressed={zoom.isJoined} onPress={zoom.toggleJoined}>
          {zoom.isJoined ? <Link2 aria-hidden /> : <Unlink2 aria-hidden />}
        </Tool>
      ) : null}
      <Tool label={t("images.close")} onPress={zoom.close}>
        <X aria-hidden />
      </Tool>
    </div>
  );
}

type ToolProps = {
  label: string;
  isPressed?: boolean;
  disabled?: boolean;
  onPress: () => void;
  children: React.ReactNode;
};

function Tool({ label, isPressed, disabled, onPress, children }: ToolProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      // Not `disabled`: that would drop the keyboard focus.
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onPress}
      className="aria-disabled:opacity-40 aria-pressed:text-primary"
    >
      {children}
    </Button>
  );
}

/** The frame on the page and the picture in its own pixels; null until both are known. */
function useSizes(root: React.RefObject<HTMLElement | null>, { width, height }: ImageView) {
  const [frame, setFrame] = useState<Size | null>(null);
  const [loaded, setLoaded] = useState<Size | null>(null);
  useEffect(() => {
    const element = root.current!;
    // Both come without moving anything: the picture has been on the page already.
    const observer = new ResizeObserver(([entry]) => setFrame(entry!.contentRect));
    observer.observe(element);
    const onLoad = ({ target }: Event) => {
      if (target instanceof HTMLImageElement) setLoaded({ width: target.naturalWidth, height: target.naturalHeight });
    };
    element.addEventListener("load", onLoad, { capture: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("load", onLoad, { capture: true });
    };
  }, [root]);
  const picture = width !== null && height !== null ? { width, height } : loaded;
  return frame && picture ? { frame, picture } : null;
}

/** The frame that was opened takes the focus, and gives it back to the picture's button. */
function useLeadFocus(root: React.RefObject<HTMLElement | null>, isLead: boolean): void {
  useEffect(() => {
    if (!isLead) return;
    const place = root.current!.parentElement;
    root.current!.focus({ preventScroll: true });
    return () => {
      // After the button is back, unless the person has gone elsewhere meanwhile.
      queueMicrotask(() => {
        if (document.activeElement === document.body)
          place?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
      });
    };
  }, [root, isLead]);
}
