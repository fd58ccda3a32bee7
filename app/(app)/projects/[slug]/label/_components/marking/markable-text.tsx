"use client";

import { type MouseEvent, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { OffsetMap } from "@/lib/text/offset-map";
import { showPlain } from "@/lib/text/plain-text";
import { type MarkedSpan, type On, spansOn } from "../questions/spans";
import { ReadableText } from "../reading/readable-text";
import { useSource } from "../reading/use-source";
import { type Marking, useMarking } from "./marking";
import { SelectionBar } from "./selection-bar";
import { SpanLayer } from "./span-layer";
import { type Box, moveBox, type SeenSpan, shapesAt, shapeSpans, type SpanShape } from "./span-shapes";
import { viewText, type TextView } from "./text-view";

type MarkableTextProps = { on: On; rendered: { html: string; map: OffsetMap; text: string } };

/** A rendered text, of which parts can be marked where a question asks for it. */
export function MarkableText({ on, rendered }: MarkableTextProps) {
  const marking = useMarking();
  if (!marking?.texts.includes(on)) return <ReadableText html={rendered.html} text={rendered.text} />;
  return <Markable {...{ on, rendered, marking }} />;
}

/** What is drawn over a text, in its own coordinates. */
type Drawing = { shapes: SpanShape[]; selection: Box[] };

/** The text as it looks or as it was written, and a layer over it. Nothing is put into the text: offsets count it. */
function Markable({ on, rendered, marking }: MarkableTextProps & { marking: Marking }) {
  const { categories, answer, picked, pick, turnTo } = marking;
  const [isSource] = useSource();
  const frame = useRef<HTMLDivElement>(null);
  const source = useMemo(() => (isSource ? showPlain(rendered.text).map : null), [isSource, rendered.text]);
  // What is marked elsewhere leaves this text as it is drawn.
  const spans = useSameItems(spansOn(answer, on));
  const drawing = useDrawing({ on, spans, marking, frame, raw: rendered.text, map: source ?? rendered.map });

  function onClick({ clientX, clientY }: MouseEvent) {
    if (!getSelection()?.isCollapsed || !frame.current) return;
    const { left, top } = frame.current.getBoundingClientRect();
    const keys = shapesAt(drawing.shapes, clientX - left, clientY - top).map(({ key }) => key);
    turnTo(on);
    // Once more at the same place: the next of those that overlap there.
    const before = drawing.shapes.find(({ span }) => span === picked);
    pick(keys[(keys.indexOf(before?.key ?? "") + 1) % keys.length] ?? null);
  }

  return (
    // The keyboard picks spans by their rows in the list.
    <div ref={frame} onClick={onClick} className="markable relative isolate pt-2">
      <ReadableText html={rendered.html} text={rendered.text} />
      <SpanLayer shapes={drawing.shapes} categories={categories} picked={picked?.on === on ? picked : null} />
      {drawing.selection.length > 0 ? <SelectionBar boxes={drawing.selection} /> : null}
    </div>
  );
}

type UseDrawingProps = {
  on: On;
  spans: readonly MarkedSpan[];
  marking: Marking;
  frame: React.RefObject<HTMLDivElement | null>;
  raw: string;
  map: OffsetMap;
};

/** Measures where the spans of a text and its selection are seen, again whenever that may have changed. */
function useDrawing({ on, spans, marking, frame, raw, map }: UseDrawingProps): Drawing {
  const { selection } = marking;
  const register = useEffectEvent(marking.register);
  const [drawing, setDrawing] = useState<Drawing>({ shapes: [], selection: [] });
  const view = useRef<TextView>(null);
  /** What was measured stays where it is until the text moves. */
  const seen = useRef(new Map<MarkedSpan, SeenSpan>());
  const size = useRef("");
  const selected = selection?.on === on ? selection.span : null;

  useLayoutEffect(() => {
    view.current = viewText(frame.current!.firstElementChild as HTMLElement, raw, map);
    seen.current.clear();
    return register(on, view.current);
  }, [frame, on, raw, map]);

  useLayoutEffect(() => {
    const element = frame.current!;
    const draw = () => {
      const { left, top } = element.getBoundingClientRect();
      const boxesOf = (span: { start: number; end: number }) =>
        view.current!.boxesOf(span).map((box) => moveBox(box, -left, -top));
      const all = spans.map(
        (span) =>
          seen.current.get(span) ?? { span, boxes: boxesOf(span), isRightToLeft: view.current!.isRightToLeft(span) },
      );
      seen.current = new Map(all.map((one) => [one.span, one]));
      setDrawing({ shapes: shapeSpans(all), selection: selected ? boxesOf(selected) : [] });
    };
    const redraw = () => {
      seen.current.clear();
      draw();
    };
    // It tells of the first size as well.
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      const before = size.current;
      size.current = `${width} ${height}`;
      if (size.current === before) draw();
      else redraw();
    });
    observer.observe(element);
    // Code and tables scroll by themselves below the layer.
    const onScroll = () => requestAnimationFrame(redraw);
    element.addEventListener("scroll", onScroll, { capture: true, passive: true });
    // A font that comes late moves words within their lines.
    document.fonts.addEventListener("loadingdone", redraw);
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener("loadingdone", redraw);
      element.removeEventListener("scroll", onScroll, { capture: true });
    };
  }, [frame, spans, selected, raw, map]);
  return drawing;
}

/** The list before, as long as it has the same items. */
function useSameItems<T>(items: readonly T[]): readonly T[] {
  const [kept, keep] = useState(items);
  if (kept.length === items.length && kept.every((item, index) => item === items[index])) return kept;
  keep(items);
  return items;
}
