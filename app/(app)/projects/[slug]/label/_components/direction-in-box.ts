/** A box for text goes as what is written in it; an empty one as the page, whose words stand in it until then. */
export function directionInBox(text: string): "auto" | undefined {
  return text === "" ? undefined : "auto";
}
