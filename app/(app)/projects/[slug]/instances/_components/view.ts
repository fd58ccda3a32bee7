/** Remembers how this browser shows the table. A cookie, so that the server already draws it that way. */
export const viewCookie = "tandem-instances-view";

export const columns = ["prompt", "models", "status", "labels", "consensus", "route", "split", "added"] as const;
export type Column = (typeof columns)[number];

const defaultColumns: Column[] = ["prompt", "models", "status", "labels", "consensus", "split"];

export type View = { density: "comfortable" | "compact"; columns: Column[] };

/** The view in a cookie "compact.prompt.status", or the usual one. */
export function readView(cookie: string | undefined): View {
  if (cookie === undefined) return { density: "comfortable", columns: defaultColumns };
  const [density, ...names] = cookie.split(".");
  return {
    density: density === "compact" ? "compact" : "comfortable",
    columns: columns.filter((column) => names.includes(column)),
  };
}

/** The inverse of readView. */
export function writeView({ density, columns }: View): string {
  return [density, ...columns].join(".");
}
