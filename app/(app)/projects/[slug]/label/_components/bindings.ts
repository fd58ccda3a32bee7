import type { Translate } from "@/app/i18n/translate";

/** The commands of the page that a person can give another key, with their standard keys: a line more is a command more. */
export const standardKeys = {
  submit: "Enter",
  previous: "Backspace",
  undo: "u",
  redo: "Shift+u",
  skip: "s",
  flag: "f",
  unsure: "n",
  reason: "r",
  guidelines: "g",
  differences: "x",
  source: "m",
  help: "?",
} as const satisfies Record<string, string>;

export type CommandName = keyof typeof standardKeys;
export const commandNames = Object.keys(standardKeys) as CommandName[];

/** The key of each command; null for one whose key another took. */
export type Bindings = Readonly<Record<CommandName, string | null>>;

/** The keys in force: a person's own ones where they can be, which also take standard keys from others. */
export function bindingsOf(own: Readonly<Record<string, string>>): Bindings {
  const byKey = new Map<string, CommandName>();
  for (const name of commandNames) {
    const key = own[name];
    if (key !== undefined && fixedUse(key) === null && !byKey.has(key)) byKey.set(key, name);
  }
  const owners = new Map([...byKey].map(([key, name]) => [name, key]));
  const entries = commandNames.map((name) => {
    const key = standardKeys[name];
    return [name, owners.get(name) ?? (byKey.has(key) ? null : key)];
  });
  return Object.fromEntries(entries) as Bindings;
}

/** Why a command cannot have this key, in words; null when it can. */
export function refuseKey(bindings: Bindings, command: CommandName, key: string, t: Translate<"label">): string | null {
  const use = fixedUse(key);
  if (use !== null) return t(`keys.uses.${use}`, { key: nameKey(key) });
  const owner = commandNames.find((name) => name !== command && bindings[name] === key);
  if (owner === undefined) return null;
  return t("keys.taken", { key: nameKey(key), command: t(`keys.commands.${owner}`) });
}

/** A person's own keys with one more; a standard key is none of their own. */
export function withKey(
  own: Readonly<Record<string, string>>,
  command: CommandName,
  key: string,
): Record<string, string> {
  const { [command]: _, ...others } = own;
  return key === standardKeys[command] ? others : { ...others, [command]: key };
}

/** A key as it is written on controls and in the table: "S", "Shift+U", "Enter". */
export function nameKey(key: string): string {
  return key.replace(/(^|\+)([a-z])$/, (_, before: string, letter: string) => before + letter.toUpperCase());
}

const uses = {
  "=": "ties",
  "+": "good",
  "-": "bad",
  b: "bothBad",
  c: "cannotTell",
  e: "firstError",
  Tab: "next",
  Escape: "closes",
  PageUp: "scrolls",
  PageDown: "scrolls",
  Delete: "deletes",
  Space: "presses",
} as const;

type Use = (typeof uses)[keyof typeof uses] | "answers" | "goes" | "browser";

/** What a key does that no command can take from it; null when a command can have it. */
function fixedUse(key: string): Use | null {
  const plain = key.replace(/^Shift\+/, "");
  if (/^[0-9]$/.test(plain)) return "answers";
  if (plain.startsWith("Arrow")) return "goes";
  if (plain in uses) return uses[plain as keyof typeof uses];
  // Of keys that write nothing only those that browsers leave to pages.
  const isFree = [...plain].length === 1 || /^(Enter|Backspace|Insert|Home|End|F([2-46-9]|10))$/.test(plain);
  return isFree ? null : "browser";
}
