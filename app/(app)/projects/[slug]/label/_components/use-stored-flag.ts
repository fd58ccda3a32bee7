"use client";

import { useSyncExternalStore } from "react";

const changed = "tandem-flag";
/** For browsers that store nothing. */
const remembered = new Map<string, boolean>();

/** A yes or no that this browser remembers. */
export function useStoredFlag(key: string, initial: boolean): [boolean, (value: boolean) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(key) ?? initial,
    () => initial,
  );
  return [value, (next) => write(key, next)];
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(changed, listener);
  return () => window.removeEventListener(changed, listener);
}

function read(key: string): boolean | undefined {
  if (remembered.has(key)) return remembered.get(key);
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? undefined : stored === "1";
  } catch {
    return undefined;
  }
}

function write(key: string, value: boolean): void {
  remembered.set(key, value);
  try {
    localStorage.setItem(key, value ? "1" : "0");
  } catch {
    // The choice then lasts as long as the page.
  }
  window.dispatchEvent(new Event(changed));
}
