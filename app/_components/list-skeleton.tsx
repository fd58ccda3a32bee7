import { Page } from "./ui/page";
import { Skeleton } from "./ui/skeleton";

/** The shape of a list page while it loads. */
export function ListSkeleton() {
  return (
    <Page aria-busy aria-label="Loading">
      <div className="grid gap-2">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      <div className="grid gap-px overflow-hidden rounded-lg border">
        {Array.from({ length: 6 }, (_, row) => (
          <Skeleton key={row} className="h-11 rounded-none" />
        ))}
      </div>
    </Page>
  );
}
