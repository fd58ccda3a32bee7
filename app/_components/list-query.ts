import { infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";

import { api } from "./api-client";

type ListPath = `/api/v1/${string}`;

/** What every list of the API answers. */
type ListPage<T> = { items: T[]; nextCursor: string | null };

/** A list of the API as one array that grows by pages; `firstPage` came with the document. */
export function listQuery<T>(path: ListPath, firstPage: ListPage<T>) {
  // Read again, a first page is as long as it came, so that nothing of it moves under the hand.
  const first: ListPath = firstPage.nextCursor === null ? path : `${path}?limit=${firstPage.items.length}`;
  return infiniteQueryOptions({
    queryKey: listKey(path),
    queryFn: ({ pageParam, signal }) =>
      api<ListPage<T>>("GET", pageParam === null ? first : `${path}?cursor=${pageParam}`, undefined, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [firstPage], pageParams: [null] },
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
}

/** Reads a list again after something in it was changed. */
export function refreshList(client: QueryClient, path: ListPath): Promise<void> {
  return client.invalidateQueries({ queryKey: listKey(path) });
}

function listKey(path: ListPath) {
  return ["list", path];
}
