/** The letter of a place, as spreadsheets count them: 0 is A, 25 is Z, 26 is AA. */
export function letterOf(position: number): string {
  const letter = String.fromCharCode("A".charCodeAt(0) + (position % 26));
  return position < 26 ? letter : letterOf(Math.floor(position / 26) - 1) + letter;
}
