import ts from "typescript";
import { branchesOf, placeOf, templateOf, walk, type Source } from "./sources";

/** A sentence with {0}, {1}, ... for its values. */
export type SaidText = { text: string; place: string };

/** Which argument of a method or function of zod may be the message of its fault. */
const messageAt: Record<string, number> = {
  ...Object.fromEntries(
    "min max length size regex refine startsWith endsWith includes gt gte lt lte multipleOf enum array union literal object strictObject looseObject record custom instanceof"
      .split(" ")
      .map((name) => [name, 1]),
  ),
  ...Object.fromEntries(
    "string number boolean bigint date int positive nonnegative negative nonempty finite email url uuid datetime time uppercase lowercase jwt base64 any unknown never"
      .split(" ")
      .map((name) => [name, 0]),
  ),
};

/** Functions whose argument is said, now or where it is read: also what a judge's answer is refused with. */
const sayers = /^(sayText|invalid)$/;

/** The sentences that a file says: those tagged with `say`, and texts given to `sayText`. */
export function findSaid(source: Source): SaidText[] {
  const found: SaidText[] = [];
  walk(source.tree, (node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "say") {
      found.push({ text: templateOf(node.template)!, place: placeOf(source, node) });
    }
    if (ts.isCallExpression(node) && sayers.test(node.expression.getText()) && node.arguments[0]) {
      for (const branch of branchesOf(node.arguments[0])) {
        const text = templateOf(branch);
        if (text !== undefined && hasLetters(text)) found.push({ text, place: placeOf(source, node) });
      }
    }
  });
  return found;
}

function hasLetters(template: string): boolean {
  return /\p{L}/u.test(template);
}

/** The messages that the zod schemas of a file give their faults. */
export function findZodMessages(source: Source): SaidText[] {
  if (
    !source.tree.statements.some(
      (each) => ts.isImportDeclaration(each) && /["']zod/.test(each.moduleSpecifier.getText()),
    )
  )
    return [];
  const found: SaidText[] = [];
  const add = (node: ts.Expression | undefined) => {
    for (const branch of node ? branchesOf(node) : []) {
      const text = templateOf(branch);
      if (text !== undefined) found.push({ text, place: placeOf(source, branch) });
    }
  };
  walk(source.tree, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const name = node.expression.name.text;
    if (name === "addIssue" || (name === "push" && /\bissues$/.test(node.expression.expression.getText()))) {
      if (node.arguments[0]) add(propertyOf(node.arguments[0], ["message"]));
    }
    const place = messageAt[name];
    const argument = place === undefined ? undefined : node.arguments[place];
    if (!argument) return;
    if (ts.isObjectLiteralExpression(argument)) add(propertyOf(argument, ["error", "message"]));
    else add(argument);
  });
  return found;
}

/** The value of one of these properties of an object literal; of a function, what it returns. */
function propertyOf(node: ts.Expression, names: string[]): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const property = node.properties.find((each) => each.name && names.includes(each.name.getText()));
  if (!property || !ts.isPropertyAssignment(property)) return undefined;
  const value = property.initializer;
  return ts.isArrowFunction(value) && !ts.isBlock(value.body) ? value.body : value;
}

/** Every string and template of a file, as a sentence may also be written down first and said later. */
export function findAllTexts(source: Source): string[] {
  const found: string[] = [];
  walk(source.tree, (node) => {
    const text = templateOf(node);
    if (text !== undefined) found.push(text);
  });
  return found;
}

/** Whether a text of the code is a part that sentences of the catalogue are put together from. */
export function isPartOf(inCatalogue: string, inCode: string): boolean {
  if (/^[A-Z]/.test(inCode) && inCode.endsWith(".")) return false;
  return inCode.split(/\{\d+\}/).every((part) => inCatalogue.toLowerCase().includes(part.trim().toLowerCase()));
}

/** Whether a sentence of the catalogue is the one of the code, where a value of either may be written out in the other. */
export function isSameSentence(inCatalogue: string, inCode: string): boolean {
  return inCatalogue === inCode || patternOf(inCatalogue).test(inCode) || patternOf(inCode).test(inCatalogue);
}

const patterns = new Map<string, RegExp>();

/**
 * A pattern for what a sentence with values, which may be empty, may become; none for one that has no words of its own at
 * its start.
 */
function patternOf(sentence: string): RegExp {
  const pattern = patterns.get(sentence) ?? makePattern(sentence);
  patterns.set(sentence, pattern);
  return pattern;
}

function makePattern(sentence: string): RegExp {
  if (!/^[^{]+\{\d+\}/.test(sentence)) return /^(?!)/;
  const parts = sentence.split(/\{\d+\}/).map((part) => part.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
