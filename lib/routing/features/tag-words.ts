/** Dimensions of tags whose values are in free words: what counts is whether there are any. */
export const openDimensions: ReadonlySet<string> = new Set(["type_of_in_context_material", "format_constraints"]);

/** Stands for any value of such a dimension. */
export const present = "present";
