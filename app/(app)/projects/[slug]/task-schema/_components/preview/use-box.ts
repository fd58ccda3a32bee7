"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** How large an element is, in pixels; a guess until it was measured. */
export function useBox(): { box: RefObject<HTMLDivElement | null>; size: { width: number; height: number } } {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 640, height: 600 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setSize(entry.contentRect));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  return { box, size };
}
