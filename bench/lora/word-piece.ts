import { readFileSync } from "node:fs";

export type WordPiece = (text: string, length: number) => number[];

/** BERT's uncased tokeniser, from its vocab.txt: [CLS], word pieces, [SEP], cut to `length` tokens. */
export function wordPieceFrom(vocabularyFile: string): WordPiece {
  const ids = new Map(
    readFileSync(vocabularyFile, "utf8")
      .trimEnd()
      .split("\n")
      .map((piece, id) => [piece, id]),
  );
  const idOf = (piece: string): number => ids.get(piece)!;
  return (text, length) => {
    const plain = text
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "");
    const words = plain.match(/[\p{P}\p{S}]|[^\s\p{P}\p{S}]+/gu) ?? [];
    const pieces = words.flatMap((word) => piecesOf(word, ids) ?? [idOf("[UNK]")]);
    return [idOf("[CLS]"), ...pieces.slice(0, length - 2), idOf("[SEP]")];
  };
}

/** The longest known pieces from the left; null when some part of the word is unknown. */
function piecesOf(word: string, ids: ReadonlyMap<string, number>): number[] | null {
  const pieces: number[] = [];
  for (let start = 0; start < word.length;) {
    let end = word.length;
    const piece = (): string => (start > 0 ? "##" : "") + word.slice(start, end);
    while (end > start && !ids.has(piece())) end--;
    if (end === start) return null;
    pieces.push(ids.get(piece())!);
    start = end;
  }
  return pieces;
}
