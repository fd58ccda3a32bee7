/** Where to go after sign-in: a path of this site, never an address elsewhere that a link may have put there. */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !URL.canParse(next, "http://site")) return "/";
  const url = new URL(next, "http://site");
  // Dots in a path can leave two slashes at its start, which browsers take for an address.
  return url.origin === "http://site" && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : "/";
}
