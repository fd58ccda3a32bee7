import { useTranslations } from "next-intl";
import { Page } from "./ui/page";
import { Skeleton } from "./ui/skeleton";

/** The shape of a list page while it loads. */
export function ListSkeleton() {
  return (
    <Page>
      <div className="grid gap-2">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      <RowsSkeleton />
    </Page>
  );
}

/** The shape of a table while it loads. */
export function RowsSkeleton() {
  const t = useTranslations("ui");
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-px overflow-hidden rounded-lg border">
      {Array.from({ length: 6 }, (_, row) => (
        <Skeleton key={row} className="h-11 rounded-none" />
      ))}
    </div>
  );
}
