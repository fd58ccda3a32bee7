import ts from "typescript";
import { branchesOf, placeOf, templateOf, walk, type Source } from "./sources";

/**
 * A text for people that stands in the code, so that it is English in every language. Of the properties of objects, some
 * are keys of the catalogue.
 */
export type BareText = { text: string; place: string; isProperty: boolean };

/** Properties of elements, and of objects that become some, that are seen or spoken. */
const shown = new Set(
  (
    "aria-label aria-description aria-roledescription aria-valuetext title placeholder alt label description hint purpose " +
    "heading confirmLabel unit caption empty note help text summary advice tooltip message children"
  ).split(" "),
);

/** The texts of a file that are written into elements and toasts, and the messages of errors that nobody tagged. */
export function findBareTexts(source: Source): BareText[] {
  const found: BareText[] = [];
  const add = (node: ts.Node, text: string, isProperty = false) => {
    if (!hasWords(text)) return;
    found.push({ text: text.replaceAll(/\s+/g, " ").trim(), place: placeOf(source, node), isProperty });
  };
  const addBranches = (node: ts.Expression | undefined, isProperty = false) => {
    for (const branch of node ? branchesOf(node) : []) {
      const text = templateOf(branch);
      if (text !== undefined) add(branch, text, isProperty);
    }
  };
  const isScreen = source.file.endsWith(".tsx");
  walk(source.tree, (node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === "AppError") addBranches(node.arguments?.[1]);
    if (!isScreen) return;
    if (ts.isJsxText(node)) add(node, node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) addBranches(node.expression);
    if (ts.isJsxAttribute(node) && shown.has(node.name.getText())) addBranches(valueOf(node));
    if (ts.isPropertyAssignment(node) && shown.has(node.name.getText())) addBranches(node.initializer, true);
    if (ts.isCallExpression(node) && /^toast(\.\w+)?$/.test(node.expression.getText())) addBranches(node.arguments[0]);
  });
  return found;
}

function valueOf({ initializer }: ts.JsxAttribute): ts.Expression | undefined {
  return initializer && ts.isJsxExpression(initializer) ? initializer.expression : initializer;
}

/** Whether there are letters besides entities and the places of values. */
function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replaceAll(/&#?\w+;|\{\d+\}/g, ""));
}
