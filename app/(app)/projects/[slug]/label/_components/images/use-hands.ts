"use client";

import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from "react";
import type { Place, View } from "./zoom";

type Handles = {
  view: View;
  zoomBy: (factor: number, place: Place) => void;
  pan: (by: Place) => void;
};

/** How much one pixel of a wheel zooms; of two fingers on a touchpad, which come as a wheel with Ctrl, more. */
const [wheelRate, padRate] = [0.0015, 0.01];

/** Lets a mouse, a wheel and fingers move a picture in its frame. */
export function useHands(root: RefObject<HTMLElement | null>, { view, zoomBy, pan }: Handles) {
  const pointers = useRef(new Map<number, Place>());

  const placeOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Place => {
    const { left, top, width, height } = root.current!.getBoundingClientRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    // Out of the whole picture there is nothing: the page scrolls on.
    if (event.deltaY > 0 && view.zoom <= 1) return;
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? padRate : wheelRate)), placeOf(event));
  });
  useEffect(() => {
    const element = root.current!;
    // React's own listener cannot keep the page from scrolling.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [root]);

  const release = ({ pointerId }: PointerEvent) => void pointers.current.delete(pointerId);
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, placeOf(event));
    },
    onPointerMove(event: PointerEvent) {
      const from = pointers.current.get(event.pointerId);
      if (!from) return;
      const to = placeOf(event);
      pointers.current.set(event.pointerId, to);
      const others = [...pointers.current].filter(([id]) => id !== event.pointerId);
      const other = others[0]?.[1];
      // Of two fingers each carries half of the movement.
      const share = other ? 0.5 : 1;
      pan({ x: (to.x - from.x) * share, y: (to.y - from.y) * share });
      if (other) zoomBy(distance(to, other) / Math.max(1, distance(from, other)), middle(to, other));
    },
    onPointerUp: release,
    onPointerCancel: release,
  };
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: Place, b: Place): Place {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
