import { useRef, type RefObject } from "react";

/**
 * A ref for an element of `role="status"`, which is left without children, and what says words in it. Every saying is a
 * node of its own, so that the same words are told again; nothing is rendered for it.
 */
export function useNews(): { newsRef: RefObject<HTMLParagraphElement | null>; tell: (words: string) => void } {
  const newsRef = useRef<HTMLParagraphElement>(null);
  const tell = (words: string) => {
    const said = document.createElement("span");
    said.textContent = words;
    newsRef.current?.replaceChildren(said);
  };
  return { newsRef, tell };
}
