import { expect, test } from "vitest";
import { findBareTexts } from "./bare-texts";
import { parseSource } from "./sources";

function bareIn(text: string, file = "page.tsx"): string[] {
  return findBareTexts(parseSource(file, text)).map((found) => `${found.place.split(":")[1]} ${found.text}`);
}

test("words in elements, in what is shown or spoken of them, and in toasts are found with their lines", () => {
  const text = `const a = <p title="A title" className="mt-2" aria-label={\`Row \${n}\`}>
  Some words &nbsp;
  {n > 1 ? "many" : null} {count} {"…"} {t("key")} &middot; 5 %
</p>;
toast.error(ok ? message : "It failed");
const rows = [{ label: "Name", value: "code" }];`;
  expect(bareIn(text)).toEqual(["1 A title", "1 Row {0}", "2 Some words &nbsp;", "3 many", "5 It failed", "6 Name"]);
});

test("the message of an error has to be tagged, wherever the error is made", () => {
  const text =
    'throw new AppError("gone", "It is gone."); throw new AppError("gone", say`It is ${b}.`); throw new Error("bug");';
  expect(bareIn(text, "lib/a.ts")).toEqual(["1 It is gone."]);
});
