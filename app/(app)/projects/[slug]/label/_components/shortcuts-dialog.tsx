"use client";

import { Fragment, type KeyboardEvent, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogContent } from "@/app/_components/ui/dialog";
import { Kbd } from "@/app/_components/ui/kbd";
import { Switch } from "@/app/_components/ui/switch";
import { commandNames, commands, nameKey, refuseKey, withKey, type CommandName } from "./bindings";
import { fixedKeys, strokeOf } from "./keys";
import type { OwnKeys } from "./use-key-bindings";

type ShortcutsDialogProps = {
  keys: OwnKeys;
  /** What had the focus. A key opens this dialog as well as a button, so the focus is brought back by hand. */
  openedFrom: Element | null;
  onClose: () => void;
};

/** All keys of the labelling page in one table, where those of commands can be changed. */
export function ShortcutsDialog({ keys, openedFrom, onClose }: ShortcutsDialogProps) {
  const [awaited, setAwaited] = useState<CommandName | null>(null);
  const { own, change } = keys;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Keyboard shortcuts"
        description="Click the key of a command to give it another one; it follows your account. In text boxes keys type: Escape leaves the box."
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (openedFrom instanceof HTMLElement) openedFrom.focus();
        }}
        onEscapeKeyDown={(event) => {
          if (awaited) event.preventDefault();
        }}
        footer={
          <div className="flex flex-1 flex-wrap items-center justify-between gap-3">
            <Switch
              label="Go on to the next question after an answer"
              checked={own.goesOn}
              onChange={(event) => change({ goesOn: event.target.checked })}
            />
            <Button size="sm" disabled={Object.keys(own.keys).length === 0} onClick={() => change({ keys: {} })}>
              All standard keys
            </Button>
          </div>
        }
        className="sm:max-w-xl"
      >
        <table
          // A long table scrolls, which the keyboard must be able to do too.
          tabIndex={0}
          aria-label="Keys"
          className="w-full"
        >
          <tbody className="divide-y">
            {commandNames.map((name) => (
              <CommandRow
                key={name}
                {...{ name, keys }}
                isAwaited={awaited === name}
                onAwait={(isAwaited) => setAwaited(isAwaited ? name : null)}
              />
            ))}
            {fixedKeys.map(({ keys, does }) => (
              <tr key={does}>
                <Head>
                  <KeyNames keys={keys} />
                </Head>
                <td className="py-1.5">{does}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DialogContent>
    </Dialog>
  );
}

function Head({ children }: { children: React.ReactNode }) {
  return (
    <th scope="row" className="w-32 py-1.5 pr-4 text-left align-top font-normal whitespace-nowrap">
      {children}
    </th>
  );
}

type CommandRowProps = {
  name: CommandName;
  keys: OwnKeys;
  /** The next key becomes that of this command. */
  isAwaited: boolean;
  onAwait: (isAwaited: boolean) => void;
};

function CommandRow({ name, keys: { own, bindings, change }, isAwaited, onAwait }: CommandRowProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const { does, key: standard } = commands[name];
  const key = bindings[name];
  const wait = (isWaiting: boolean) => {
    setRefusal(null);
    onAwait(isWaiting);
  };
  const give = (wanted: string) => {
    const refused = refuseKey(bindings, name, wanted);
    setRefusal(refused);
    if (refused !== null) return;
    onAwait(false);
    change({ keys: withKey(own.keys, name, wanted) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isAwaited || isModifier(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return wait(false);
    if (event.ctrlKey || event.metaKey || event.altKey)
      return setRefusal("Keys with Ctrl, Cmd or Alt belong to the browser. Press another key.");
    give(strokeOf(event.nativeEvent));
  };
  return (
    <tr>
      <Head>
        <button
          type="button"
          aria-label={
            isAwaited ? `Press a key for: ${does}` : `${key ? nameKey(key) : "No key"}. Change the key of: ${does}`
          }
          onClick={() => wait(!isAwaited)}
          onBlur={() => wait(false)}
          onKeyDown={onKeyDown}
          className="-mx-1 rounded-md px-1 py-0.5 hover:bg-accent focus-visible:outline-2 focus-visible:outline-ring"
        >
          {isAwaited ? (
            <span className="text-primary">Press a key</span>
          ) : key === null ? (
            <span className="text-muted-foreground">no key</span>
          ) : (
            <KeyNames keys={nameKey(key).split(/(?<=.)\+/)} />
          )}
        </button>
      </Head>
      <td className="py-1.5">
        <span className="flex items-start justify-between gap-3">
          <span>{does}</span>
          {key === standard ? null : (
            <Button variant="link" size="sm" onClick={() => give(standard)}>
              Back to {nameKey(standard)}
              <span className="sr-only"> for: {does}</span>
            </Button>
          )}
        </span>
        {refusal ? (
          <p role="alert" className="mt-0.5 text-[0.8125rem] text-tone-amber-ink">
            {refusal}
          </p>
        ) : null}
      </td>
    </tr>
  );
}

function isModifier(key: string): boolean {
  return ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead"].includes(key);
}

function KeyNames({ keys }: { keys: string[] }) {
  const [first, second] = keys;
  const isRange = first === "A" || second === "9";
  const between = isRange ? " to " : first === "Ctrl" || first === "Shift" ? " + " : ", ";
  return keys.map((key, index) => (
    <Fragment key={key}>
      {index > 0 ? between : null}
      <Kbd>{key}</Kbd>
    </Fragment>
  ));
}
