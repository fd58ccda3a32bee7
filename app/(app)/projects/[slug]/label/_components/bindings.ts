/** The commands of the page that a person can give another key, with the standard ones: adding a line adds a command. */
export const commands = {
  submit: { key: "Enter", does: "Submit and go to the next instance; the first unanswered question when one is left" },
  previous: { key: "Backspace", does: "Previous instance, to look at it again or correct it" },
  undo: { key: "u", does: "Undo the last change of an answer" },
  redo: { key: "Shift+u", does: "Redo what was undone" },
  skip: { key: "s", does: "Skip this instance" },
  flag: { key: "f", does: "Flag a problem with this instance, or take the flag back" },
  unsure: { key: "n", does: "Unsure about this answer, or sure again" },
  reason: { key: "r", does: "Write the reason" },
  guidelines: { key: "g", does: "Show or hide the guidelines" },
  differences: { key: "x", does: "Show or hide which words only one of two completions has" },
  source: { key: "m", does: "Show the texts as they were written, or as they look" },
  help: { key: "?", does: "Show this table" },
} as const satisfies Record<string, { key: string; does: string }>;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as CommandName[];

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
    const { key } = commands[name];
    return [name, owners.get(name) ?? (byKey.has(key) ? null : key)];
  });
  return Object.fromEntries(entries) as Bindings;
}

/** Why a command cannot have this key, in words; null when it can. */
export function refuseKey(bindings: Bindings, command: CommandName, key: string): string | null {
  const use = fixedUse(key);
  if (use !== null) return `${nameKey(key)} ${use} and stays so. Press another key.`;
  const owner = commandNames.find((name) => name !== command && bindings[name] === key);
  if (owner === undefined) return null;
  return `${nameKey(key)} is already the key of “${commands[owner].does}”. Press another key, or change that one first.`;
}

/** A person's own keys with one more; a standard key is none of their own. */
export function withKey(
  own: Readonly<Record<string, string>>,
  command: CommandName,
  key: string,
): Record<string, string> {
  const { [command]: _, ...others } = own;
  return key === commands[command].key ? others : { ...others, [command]: key };
}

/** A key as it is written on controls and in the table: "S", "Shift+U", "Enter". */
export function nameKey(key: string): string {
  return key.replace(/(^|\+)([a-z])$/, (_, before: string, letter: string) => before + letter.toUpperCase());
}

const answers: Record<string, string> = {
  "=": "ties completions in a ranking",
  "+": "judges a step as good",
  "-": "judges a step as bad",
  b: "answers that both are bad",
  c: "answers that nobody could tell",
  e: "tells the first error of steps",
  Tab: "goes to the next question",
  Escape: "closes what is open",
  PageUp: "scrolls the texts",
  PageDown: "scrolls the texts",
  Delete: "deletes a span",
  Space: "presses the control that has the focus",
};

/** What a key does that no command can take from it; null when a command can have it. */
function fixedUse(key: string): string | null {
  const plain = key.replace(/^Shift\+/, "");
  if (/^[0-9]$/.test(plain)) return "answers questions";
  if (plain.startsWith("Arrow")) return "goes through completions, steps and words";
  if (plain in answers) return answers[plain]!;
  // Of keys that write nothing only those that browsers leave to pages.
  const isFree = [...plain].length === 1 || /^(Enter|Backspace|Insert|Home|End|F([2-46-9]|10))$/.test(plain);
  return isFree ? null : "belongs to the browser or the keyboard";
}
