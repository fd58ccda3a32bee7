"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { ImageView } from "@/lib/images/schema";
import { useStoredFlag } from "../use-stored-flag";
import type { View } from "./zoom";

/**
 * A picture of an instance: the first, second ... of a completion in its position, or of something else that has a name.
 * Those of the same number in all completions are looked at together.
 */
export type Frame = { of: number | string; number: number };

type Zoom = {
  /** The frame that was opened; with it those it is compared with are open. */
  opened: Frame;
  /** What all open frames show. */
  shared: View;
  /** What each of them shows where they go apart, by position. */
  own: ReadonlyMap<number | string, View>;
};

type ZoomContext = {
  zoom: Zoom | null;
  setZoom: (change: (zoom: Zoom | null) => Zoom | null) => void;
  isJoined: boolean;
  setJoined: (isJoined: boolean) => void;
  /** The pictures of that number of all completions that have so many. */
  picturesAt: (number: number) => ImageView[];
};

const Context = createContext<ZoomContext | null>(null);

type ZoomProviderProps = { completions: AssignmentView["completions"]; children: ReactNode };

/** What is looked at closely on an instance, and how. */
export function ZoomProvider({ completions, children }: ZoomProviderProps) {
  const [zoom, setZoom] = useState<Zoom | null>(null);
  const [isJoined, setJoined] = useStoredFlag("tandem-joined-zoom", true);
  const value = useMemo<ZoomContext>(
    () => ({
      ...{ zoom, setZoom, isJoined, setJoined },
      picturesAt: (number) => completions.flatMap(({ images }) => images[number] ?? []),
    }),
    [zoom, isJoined, setJoined, completions],
  );
  return <Context value={value}>{children}</Context>;
}

/** How one picture is looked at; `view` is null while it is not looked at closely. */
export function useZoom(frame: Frame) {
  const context = useContext(Context);
  if (!context) throw new Error("A picture that can be zoomed stands outside of its instance.");
  const { zoom, setZoom, isJoined, setJoined, picturesAt } = context;
  const compared = typeof frame.of === "number" ? picturesAt(frame.number) : [];
  return {
    view: zoom && isOpenWith(zoom.opened, frame) ? viewOf(zoom, frame, isJoined) : null,
    isLead: zoom !== null && zoom.opened.of === frame.of && zoom.opened.number === frame.number,
    /** Whether there are others beside it, with which it can go together or apart. */
    isCompared: compared.length > 1,
    /** Of those it is compared with: all have its place, so that the same part of each stands at the same spot. */
    largest: compared.length > 0 ? largestOf(compared) : null,
    isJoined,
    open: (view: View) => setZoom(() => ({ opened: frame, shared: view, own: new Map() })),
    close: () => setZoom(() => null),
    change: (change: (view: View) => View) =>
      setZoom((now) => {
        if (!now) return now;
        const view = change(viewOf(now, frame, isJoined));
        return isJoined ? { ...now, shared: view } : { ...now, own: new Map(now.own).set(frame.of, view) };
      }),
    /** Lets all go on from what this one shows, or each on its own. */
    toggleJoined: () => {
      setZoom((now) => now && { ...now, shared: viewOf(now, frame, isJoined), own: new Map() });
      setJoined(!isJoined);
    },
  };
}

/** The highest; one of which nobody knows the size, where there is one. */
function largestOf(pictures: ImageView[]): ImageView {
  return pictures.reduce((largest, one) => ((one.height ?? Infinity) > (largest.height ?? Infinity) ? one : largest));
}

function isOpenWith(opened: Frame, { of, number }: Frame): boolean {
  if (opened.number !== number) return false;
  return opened.of === of || (typeof opened.of === "number" && typeof of === "number");
}

function viewOf({ shared, own }: Zoom, { of }: Frame, isJoined: boolean): View {
  return isJoined ? shared : (own.get(of) ?? shared);
}
