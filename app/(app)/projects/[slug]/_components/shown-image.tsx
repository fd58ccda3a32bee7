"use client";

import { ImageOff, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { readProblem } from "@/app/_components/api-client";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import type { Translate } from "@/app/i18n/translate";
import type { ImageView } from "@/lib/images/schema";

type ShownImageProps = {
  image: ImageView;
  /** What it is called where it has no words of its own, such as "Image 1 of A". */
  name: string;
  className?: string;
  /** Wraps the picture when it is there or on its way. */
  children?: (picture: ReactNode) => ReactNode;
};

/** A picture that fills its place; where it cannot be shown, why, and a button that tries again. */
export function ShownImage({ image: { src, alt }, name, className, children = (picture) => picture }: ShownImageProps) {
  const t = useTranslations("projects.image");
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const askWhy = async () => setProblem(await whyNot(src, t));

  if (problem !== null) {
    return (
      <div
        role="group"
        aria-label={name}
        className="grid size-full place-content-center justify-items-center gap-2 p-3"
      >
        <ImageOff aria-hidden className="size-5 text-muted-foreground" />
        <p role="alert" className="max-w-[44ch] text-center text-[0.8125rem] text-muted-foreground">
          {problem}
        </p>
        {alt ? <p className="max-w-[44ch] text-center text-[0.8125rem]">{t("describedAs", { alt })}</p> : null}
        <Button
          size="sm"
          onClick={() => {
            setProblem(null);
            setAttempt(attempt + 1);
          }}
        >
          <RotateCw aria-hidden />
          {t("tryAgain")}
        </Button>
      </div>
    );
  }
  return children(
    <img
      key={attempt}
      // A picture that failed before the page was alive has told nobody.
      ref={(element) => {
        if (element?.complete && element.naturalWidth === 0) void askWhy();
      }}
      src={src}
      alt={alt || name}
      decoding="async"
      draggable={false}
      onError={() => void askWhy()}
      className={cn("size-full object-contain", className)}
    />,
  );
}

/** What the server says of a picture that did not come. */
async function whyNot(src: string, t: Translate<"projects.image">): Promise<string> {
  const response = await fetch(src).catch(() => null);
  if (!response) return t("unreachable");
  if (response.ok) return t("notShown");
  return (await readProblem(response)).message;
}
