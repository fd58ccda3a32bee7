"use client";

import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import type { MouseEvent } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { ImageView } from "@/lib/images/schema";
import { placeOf } from "../../../_components/image-place";
import { ShownImage } from "../../../_components/shown-image";
import { wholeView, zoomAt, type Size } from "./zoom";
import { lowerFirst } from "./lower-first";
import { useZoom, type Frame } from "./zoom-context";

const loadZoomFrame = () => import("./zoom-frame");
const ZoomFrame = dynamic(() => loadZoomFrame().then((module) => module.ZoomFrame));

/** How much closer the first look is. */
const firstZoom = 2;

/** A picture in the prompt leaves room for a line or two of its text. */
export const promptImageHeight = "21dvh";
/** What a pane has left beside an open prompt, so that the whole place with its tools is in sight. */
const paneImageHeight = "var(--pane-image)";

type ImagesProps = {
  images: ImageView[];
  /** Whose they are: a completion's position, or another name. */
  of: Frame["of"];
  /** In words, such as "A" or "the prompt". */
  owner: string;
  /** The most of the page's height that one takes. */
  maxHeight?: string;
};

/** The images beside a text, each of which can be looked at closely where it stands. */
export function Images({ images, of, owner, maxHeight = paneImageHeight }: ImagesProps) {
  const t = useTranslations("label");
  if (images.length === 0) return null;
  return (
    <div className="grid gap-2 pb-3 [--pane-image:46dvh] md:[--pane-image:42dvh]">
      {images.map((image, number) => (
        <ZoomableImage
          key={number}
          image={image}
          frame={{ of, number }}
          name={images.length === 1 ? t("images.only", { owner }) : t("images.one", { number: number + 1, owner })}
          maxHeight={maxHeight}
        />
      ))}
    </div>
  );
}

type ZoomableImageProps = { image: ImageView; frame: Frame; name: string; maxHeight: string };

function ZoomableImage({ image, frame, name, maxHeight }: ZoomableImageProps) {
  const t = useTranslations("label");
  const zoom = useZoom(frame);
  const zoomWords = t("images.zoom", { image: lowerFirst(name) });

  function open({ currentTarget, clientX, clientY, detail }: MouseEvent<HTMLButtonElement>) {
    const box = currentTarget.getBoundingClientRect();
    // A key presses at no place: the middle then.
    const isPointed = detail > 0;
    const place = isPointed
      ? { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 }
      : { x: 0, y: 0 };
    zoom.open(zoomAt(wholeView, firstZoom, place, box, pictureSize(currentTarget, box)));
  }

  return (
    <div
      className={cn(
        "relative w-full overflow-hidden rounded-md border bg-muted/40",
        // Pictures to compare have all the room there is; others leave what they do not fill.
        zoom.largest ? undefined : "max-w-xl",
      )}
      style={placeOf(zoom.largest ?? image, maxHeight)}
      // What a hand comes near to is there when it presses.
      onPointerEnter={() => void loadZoomFrame()}
      onFocus={() => void loadZoomFrame()}
      data-image={name}
    >
      {zoom.view ? (
        <ZoomFrame image={image} frame={frame} name={name} />
      ) : (
        <ShownImage image={image} name={name}>
          {(picture) => (
            <button
              type="button"
              aria-label={image.alt ? t("list.named", { name: zoomWords, words: image.alt }) : zoomWords}
              onClick={open}
              className="block size-full cursor-zoom-in focus-visible:-outline-offset-2"
            >
              {picture}
            </button>
          )}
        </ShownImage>
      )}
    </div>
  );
}

function pictureSize(button: HTMLElement, box: Size): Size {
  const picture = button.querySelector("img");
  return picture?.naturalWidth ? { width: picture.naturalWidth, height: picture.naturalHeight } : box;
}
