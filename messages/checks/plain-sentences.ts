import ts from "typescript";
import type { SaidText } from "./said-texts";
import { placeOf, templateOf, walk, type Source } from "./sources";

/** So many words in a row are a sentence, or part of one; fewer may be the name of a thing, or of a value. */
const leastWords = 3;

/** Functions whose texts nobody reads on a page: the log's, those of the OpenAPI document, and of the database. */
const unread = /^(log\.\w+|console\.\w+|Prisma\.raw|super)$|\.(describe|\$queryRawUnsafe|\$executeRawUnsafe|query)$/;

/**
 * The sentences of a file that stand there as plain texts, neither tagged nor in a place that no page shows: what they
 * become is told by whoever reads them, so that they need their templates. Errors that are no AppError are bugs, whose
 * words go to the log.
 */
export function findPlainSentences(source: Source): SaidText[] {
  const found: SaidText[] = [];
  walk(source.tree, (node) => {
    const text = templateOf(node);
    if (text === undefined || wordsIn(text) < leastWords || isUnread(node)) return;
    found.push({ text, place: placeOf(source, node) });
  });
  return found;
}

/** Words of letters alone, with what ends a part of a sentence behind them. */
function wordsIn(text: string): number {
  const parts = text.replaceAll(/\{\d+\}/g, " ").split(/\s+/);
  return parts.filter((part) => /^["'“(]?\p{L}+[’'\p{L}-]*[.,:;?!)"'”]*$/u.test(part)).length;
}

function isUnread(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTaggedTemplateExpression(parent)) return true;
    if (ts.isLiteralTypeNode(parent) || ts.isImportDeclaration(parent)) return true;
    if (ts.isCallExpression(parent) && at !== parent.expression && unread.test(parent.expression.getText()))
      return true;
    if (
      ts.isNewExpression(parent) &&
      /^((Syntax|Type|Range|Aggregate)?Error|RegExp)$/.test(parent.expression.getText())
    )
      return true;
    if (ts.isStatement(parent) || ts.isFunctionLike(parent)) return false;
  }
  return false;
}
