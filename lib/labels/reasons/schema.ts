/** An aspect offers this many reasons at most, so that a label has no more. */
export const maxReasons = 12;
