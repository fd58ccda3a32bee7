import { useTranslations } from "next-intl";
import Link from "next/link";
import type { InstanceResponse } from "@/lib/instances/schema";

type TagsProps = { slug: string; instance: Pick<InstanceResponse, "tags"> };

/** What the instance asks, by dimension; a tag leads to all instances that have it. */
export function Tags({ slug, instance: { tags } }: TagsProps) {
  const t = useTranslations("instances.detail");
  if (tags.length === 0) return null;
  const dimensions = [...new Set(tags.map(({ dimension }) => dimension))];
  return (
    <dl aria-label={t("tags")} className="flex flex-wrap gap-x-5 gap-y-2 text-[0.8125rem]">
      {dimensions.map((dimension) => (
        <div key={dimension} className="flex flex-wrap items-center gap-1.5">
          <dt className="text-muted-foreground">{wordDimension(dimension)}</dt>
          {tags
            .filter((tag) => tag.dimension === dimension)
            .map(({ value, source, annotator, method }) => (
              <dd key={`${source} ${value}`} className="min-w-0">
                <Link
                  href={`/projects/${slug}/instances?${new URLSearchParams({ tag: value })}`}
                  title={t("tagSetBy", { annotator, method })}
                  className="inline-block max-w-full rounded-full border px-2 py-0.5 [overflow-wrap:anywhere] hover:bg-muted"
                >
                  {value}
                </Link>
              </dd>
            ))}
        </div>
      ))}
    </dl>
  );
}

/** "subject_of_expertise" as "Subject of expertise". */
function wordDimension(dimension: string): string {
  const words = dimension.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
