/** Remembers how this browser shows the table. A cookie, so that the server already draws it that way. */
export const viewCookie = "tandem-instances-view";

export const columns = {
  prompt: "Prompt",
  models: "Models",
  status: "Status",
  labels: "Labels",
  consensus: "Consensus",
  route: "Route",
  split: "Split",
  added: "Added",
} as const;
export type Column = keyof typeof columns;

const allColumns = Object.keys(columns) as Column[];
const defaultColumns: Column[] = ["prompt", "models", "status", "labels", "consensus", "split"];

export type View = { density: "comfortable" | "compact"; columns: Column[] };

/** The view in a cookie "compact.prompt.status", or the usual one. */
export function readView(cookie: string | undefined): View {
  if (cookie === undefined) return { density: "comfortable", columns: defaultColumns };
  const [density, ...names] = cookie.split(".");
  return {
    density: density === "compact" ? "compact" : "comfortable",
    columns: allColumns.filter((column) => names.includes(column)),
  };
}

/** The inverse of readView. */
export function writeView({ density, columns }: View): string {
  return [density, ...columns].join(".");
}
