import { expect, test } from "vitest";
import { parseSource } from "./sources";
import { findUsedKeys, usageOf } from "./used-keys";

function keysIn(text: string): string[] {
  return findUsedKeys(parseSource("page.tsx", text)).map(({ key, isPrefix }) => (isPrefix ? `${key}*` : key));
}

test("keys are found with the namespace of their translator, in each of its forms", () => {
  const text = `
    function Row() { const t = useTranslations("users.row"); return <b title={t("name")}>{t.rich("text", {})}</b>; }
    async function Page() {
      const [, t] = await Promise.all([load(), getTranslations("users")]);
      return t("title");
    }
    export async function generateMetadata() { return { title: (await getTranslations("users"))("page") }; }
    function word(n: number, t: Translate<"users.words">) { return n > 1 ? t("many") : t("one"); }
    type Props = { n: number; t: Translate<"users.props"> };
    const Cell = ({ n, t }: Props & { x: 1 }) => t("cell", { n });
  `;
  expect(keysIn(text)).toEqual([
    "users.row.name",
    "users.row.text",
    "users.title",
    "users.page",
    "users.words.many",
    "users.words.one",
    "users.props.cell",
  ]);
});

test("both branches of a choice are keys, and what is made of values stands for all that begins like it", () => {
  const text = `
    const t = useTranslations("judges");
    t(isNew ? "make" : "change");
    t(\`kinds.\${kind}\`);
    t(state);
    const other = useTranslations(isOwn ? "own" : "others");
    other("title");
  `;
  expect(keysIn(text)).toEqual([
    "judges.make",
    "judges.change",
    "judges.kinds.*",
    "judges.*",
    "own.title",
    "others.title",
  ]);
});

test("other functions of the same name are none", () => {
  expect(
    keysIn(`function f(t: (key: string) => string) { const { t: g } = x; return t("key") + g("key") + h("key"); }`),
  ).toEqual([]);
  expect(keysIn(`const t = useTranslations("a"); items.map((item: () => string) => item("key"));`)).toEqual([]);
});

test("a key counts as used by its own name or by what stands for it", () => {
  const isUsed = usageOf(
    findUsedKeys(parseSource("a.ts", `const t = useTranslations("a"); t("one"); t(\`kinds.\${kind}\`);`)),
  );
  expect(["a.one", "a.kinds.x.y", "a.two", "a.kind"].map(isUsed)).toEqual([true, true, false, false]);
});

test("a translator without a type of its own is asked for its key in each room", () => {
  const isUsed = usageOf(
    findUsedKeys(
      parseSource(
        "a.ts",
        `const words: Word[] = [{ say: ({ n }, { t }) => t(n ? "values.one" : "values.all") }]; function word(words: Words) { const { t } = words; return t("title"); }`,
      ),
    ),
  );
  expect(["a.values.one", "b.values.all", "c.title", "a.values.two"].map(isUsed)).toEqual([true, true, true, false]);
});
