import { useTranslations } from "next-intl";
import type { SourcedImageView } from "@/lib/images/schema";
import { placeOf } from "../../../_components/image-place";
import { ShownImage } from "../../../_components/shown-image";

/** The images beside a text, with where they come from. */
export function InstanceImages({ images, owner }: { images: SourcedImageView[]; owner: string }) {
  const t = useTranslations("instances.detail");
  if (images.length === 0) return null;
  return (
    <div className="mb-3 grid grid-cols-1 gap-3">
      {images.map((image, number) => (
        <figure key={number} className="grid max-w-2xl min-w-0 gap-1">
          <div className="overflow-hidden rounded-md border bg-muted/40" style={placeOf(image, "28rem")}>
            <ShownImage image={image} name={t("image", { number: number + 1, owner })} />
          </div>
          <figcaption className="truncate font-mono text-xs text-muted-foreground" title={image.reference}>
            {image.reference}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
