import ts from "typescript";
import { branchesOf, placeOf, walk, type Source } from "./sources";

/**
 * A key that is asked for. A key that is made of values stands for every one that begins like it (a prefix); one that is
 * asked of a translator whose room the file does not say stands for that key in each (anywhere).
 */
export type UsedKey = { key: string; isPrefix: boolean; isAnywhere: boolean; place: string };

/** Unknown is the room of a `t` that gets its type from where its function is handed over. */
type Namespaces = { key: string; isPrefix: boolean }[] | "unknown";

const makers = new Set(["useTranslations", "getTranslations"]);

/** The keys that a file asks its translators for; of `t(value)`, all below the translator's own. */
export function findUsedKeys(source: Source): UsedKey[] {
  const used: UsedKey[] = [];
  walk(source.tree, (node) => {
    if (!ts.isCallExpression(node)) return;
    const translator = translatorIn(node.expression);
    const namespaces = namespacesOf(translator);
    const [argument] = node.arguments;
    if (!namespaces || !argument) return;
    const place = placeOf(source, node);
    if (namespaces === "unknown") {
      const wanted = branchesOf(argument)
        .map(keyIn)
        .filter(({ key }) => key !== "");
      used.push(...wanted.map((one) => ({ ...one, isAnywhere: true, place })));
      return;
    }
    for (const { key: below, isPrefix } of namespaces) {
      for (const branch of branchesOf(argument)) {
        const wanted = keyIn(branch);
        const key = below === "" ? wanted.key : `${below}.${wanted.key}`;
        used.push({
          ...(isPrefix ? { key: below, isPrefix } : { key, isPrefix: wanted.isPrefix }),
          isAnywhere: false,
          place,
        });
      }
    }
  });
  return used;
}

/** Tells whether a key of the catalogue is asked for by one of these. */
export function usageOf(used: readonly UsedKey[]): (key: string) => boolean {
  const pick = (isAnywhere: boolean, isPrefix: boolean) => [
    ...new Set(used.filter((one) => one.isAnywhere === isAnywhere && one.isPrefix === isPrefix).map(({ key }) => key)),
  ];
  const exact = new Set(pick(false, false));
  const prefixes = pick(false, true);
  const endings = pick(true, false).map((key) => `.${key}`);
  const middles = pick(true, true).map((key) => `.${key}`);
  return (key) =>
    exact.has(key) ||
    prefixes.some((prefix) => key.startsWith(prefix)) ||
    endings.some((ending) => key.endsWith(ending)) ||
    middles.some((middle) => key.includes(middle));
}

/** What stands before the parentheses of `t(...)`, `t.rich(...)`, `t.markup(...)`, `t.raw(...)` or `t.has(...)`. */
function translatorIn(called: ts.Expression): ts.Expression {
  if (!ts.isPropertyAccessExpression(called)) return called;
  return /^(rich|markup|raw|has)$/.test(called.name.text) ? called.expression : called;
}

function keyIn(node: ts.Expression): { key: string; isPrefix: boolean } {
  if (ts.isStringLiteralLike(node)) return { key: node.text, isPrefix: false };
  return { key: ts.isTemplateExpression(node) ? node.head.text : "", isPrefix: true };
}

/** The namespace of a translator, from where it is made or the nearest declaration of its name; null for other functions. */
function namespacesOf(translator: ts.Expression): Namespaces | null {
  if (ts.isParenthesizedExpression(translator)) return madeBy(translator.expression);
  if (!ts.isIdentifier(translator)) return null;
  for (let scope: ts.Node | undefined = translator.parent; scope; scope = scope.parent) {
    const declared = declarationIn(scope, translator.text);
    if (declared !== undefined) return declared;
  }
  return null;
}

/** Undefined where a scope does not declare the name; null where it declares something else by it. */
function declarationIn(scope: ts.Node, name: string): Namespaces | null | undefined {
  if (ts.isFunctionLike(scope)) {
    for (const parameter of scope.parameters) {
      const type = typeOfBinding(parameter.name, parameter.type, name);
      if (type !== undefined) return type ? namespaceOfType(type) : untyped(name);
    }
  }
  if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const declaration of statement.declarationList.declarations) {
        const made = makerOf(declaration, name);
        if (made !== undefined) return made;
      }
    }
  }
  return undefined;
}

/** By its name alone, it is taken for a translator. */
function untyped(name: string): Namespaces | null {
  return /^t([A-Z]|$)/.test(name) ? "unknown" : null;
}

/** The type that a parameter, or a property that it takes apart, gives the name; null where it gives it none. */
function typeOfBinding(
  binding: ts.BindingName,
  type: ts.TypeNode | undefined,
  name: string,
): ts.TypeNode | null | undefined {
  if (ts.isIdentifier(binding)) return binding.text === name ? (type ?? null) : undefined;
  if (!ts.isObjectBindingPattern(binding)) return undefined;
  for (const element of binding.elements) {
    if (!ts.isIdentifier(element.name) || element.name.text !== name) continue;
    const property = element.propertyName && ts.isIdentifier(element.propertyName) ? element.propertyName.text : name;
    return (type && memberType(type, property)) ?? null;
  }
  return undefined;
}

/** The type of a member of an object type, also of one that has a name in the same file. */
function memberType(type: ts.TypeNode, property: string): ts.TypeNode | undefined {
  if (ts.isIntersectionTypeNode(type)) {
    return type.types.map((each) => memberType(each, property)).find((found) => found !== undefined);
  }
  if (ts.isTypeLiteralNode(type)) {
    const member = type.members.find((each) => each.name?.getText() === property);
    return member && ts.isPropertySignature(member) ? member.type : undefined;
  }
  const alias = aliasOf(type);
  return alias && memberType(alias, property);
}

function aliasOf(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const named = type
    .getSourceFile()
    .statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === type.typeName.getText());
  return named && (named as ts.TypeAliasDeclaration).type;
}

function namespaceOfType(type: ts.TypeNode): Namespaces | null {
  if (ts.isTypeReferenceNode(type) && type.typeName.getText() === "Translate") {
    const [room] = type.typeArguments ?? [];
    if (room && ts.isLiteralTypeNode(room) && ts.isStringLiteral(room.literal)) {
      return [{ key: room.literal.text, isPrefix: false }];
    }
  }
  const alias = aliasOf(type);
  return alias ? namespaceOfType(alias) : null;
}

function makerOf(
  { name: binding, initializer, type }: ts.VariableDeclaration,
  name: string,
): Namespaces | null | undefined {
  if (ts.isIdentifier(binding)) {
    if (binding.text !== name) return undefined;
    return (type && namespaceOfType(type)) ?? (initializer ? madeBy(initializer) : null);
  }
  if (ts.isObjectBindingPattern(binding)) {
    return binding.elements.some((each) => each.name.getText() === name) ? untyped(name) : undefined;
  }
  const index = binding.elements.findIndex((each) => ts.isBindingElement(each) && each.name.getText() === name);
  if (index < 0) return undefined;
  const all = initializer && listOf(initializer);
  const own = all?.elements[index];
  return own ? madeBy(own) : null;
}

/** The list in `await Promise.all([...])`. */
function listOf(node: ts.Expression): ts.ArrayLiteralExpression | undefined {
  if (ts.isAwaitExpression(node)) return listOf(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node;
  const [first] = ts.isCallExpression(node) ? node.arguments : [];
  return first && ts.isArrayLiteralExpression(first) ? first : undefined;
}

function madeBy(node: ts.Expression): Namespaces | null {
  if (ts.isAwaitExpression(node)) return madeBy(node.expression);
  if (!ts.isCallExpression(node) || !makers.has(node.expression.getText())) return null;
  const [namespace] = node.arguments;
  return namespace ? branchesOf(namespace).map(keyIn) : [{ key: "", isPrefix: false }];
}
