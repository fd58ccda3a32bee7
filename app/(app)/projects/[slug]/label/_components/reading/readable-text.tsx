"use client";

import { memo } from "react";
import { showPlain } from "@/lib/text/plain-text";
import { RenderedText } from "../rendered-text";
import { useSource } from "./use-source";

type ReadableTextProps = { html: string; text: string };

/** A text as it looks or as it was written, whichever is wanted. Nothing is put into it: offsets count it. */
export const ReadableText = memo(function ReadableText({ html, text }: ReadableTextProps) {
  const [isSource] = useSource();
  return isSource ? <SourceText text={text} /> : <RenderedText html={html} />;
});

const SourceText = memo(function SourceText({ text }: { text: string }) {
  return (
    <div lang="" dir="auto" className="prose-reading source-text">
      {showPlain(text).text}
    </div>
  );
});
