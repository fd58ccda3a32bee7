/** A name as it stands within a sentence; in scripts without capitals as it is. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
