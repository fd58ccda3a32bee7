import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** Where texts for people may be. */
const folders = ["app", "lib", "workers"];
const left = [/\.test\.tsx?$/, /^lib\/testing\//, /^lib\/db\/generated\//, /\.d\.ts$/];

export type Source = { file: string; tree: ts.SourceFile };

/** The source files of the product, without tests. */
export function readSources(root: string): Source[] {
  return ts.sys
    .readDirectory(root, [".ts", ".tsx"], undefined, folders)
    .map((file) => path.relative(root, file))
    .filter((file) => !left.some((pattern) => pattern.test(file)))
    .sort()
    .map((file) => parseSource(file, readFileSync(path.join(root, file), "utf8")));
}

export function parseSource(file: string, text: string): Source {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return { file, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind) };
}

/** "app/page.tsx:12" */
export function placeOf({ file, tree }: Source, node: ts.Node): string {
  return `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}

/** Calls `visit` with every node of a tree, parents before their children. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The text of a string or template, with {0}, {1}, ... for its values; undefined for anything else. */
export function templateOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.templateSpans.reduce((text, span, index) => `${text}{${index}}${span.literal.text}`, node.head.text);
}

/** What an expression may be: the branches of its conditions and what stands behind `??`, `||`, `&&`, `as`, `satisfies`. */
export function branchesOf(node: ts.Expression): ts.Expression[] {
  if (ts.isConditionalExpression(node)) return [...branchesOf(node.whenTrue), ...branchesOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
    return branchesOf(node.expression);
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return branchesOf(node.right);
    if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) {
      return [...branchesOf(node.left), ...branchesOf(node.right)];
    }
  }
  return [node];
}
