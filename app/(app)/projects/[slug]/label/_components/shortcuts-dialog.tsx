"use client";

import { useTranslations } from "next-intl";
import { Fragment, type KeyboardEvent, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogContent } from "@/app/_components/ui/dialog";
import { Kbd } from "@/app/_components/ui/kbd";
import { Switch } from "@/app/_components/ui/switch";
import { commandNames, nameKey, refuseKey, standardKeys, withKey, type CommandName } from "./bindings";
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
  const t = useTranslations("label");
  const [awaited, setAwaited] = useState<CommandName | null>(null);
  const { own, change } = keys;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t("keys.title")}
        description={t("keys.description")}
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
              label={t("keys.goesOn")}
              checked={own.goesOn}
              onChange={(event) => change({ goesOn: event.target.checked })}
            />
            <Button size="sm" disabled={Object.keys(own.keys).length === 0} onClick={() => change({ keys: {} })}>
              {t("keys.standard")}
            </Button>
          </div>
        }
        className="sm:max-w-xl"
      >
        <table
          // A long table scrolls, which the keyboard must be able to do too.
          tabIndex={0}
          aria-label={t("keys.table")}
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
                <td className="py-1.5">{t(`keys.fixed.${does}`)}</td>
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
    <th scope="row" className="w-32 py-1.5 pe-4 text-start align-top font-normal whitespace-nowrap">
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
  const t = useTranslations("label");
  const [refusal, setRefusal] = useState<string | null>(null);
  const does = t(`keys.commands.${name}`);
  const standard = standardKeys[name];
  const key = bindings[name];
  const wait = (isWaiting: boolean) => {
    setRefusal(null);
    onAwait(isWaiting);
  };
  const give = (wanted: string) => {
    const refused = refuseKey(bindings, name, wanted, t);
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
    if (event.ctrlKey || event.metaKey || event.altKey) return setRefusal(t("keys.chord"));
    give(strokeOf(event.nativeEvent));
  };
  return (
    <tr>
      <Head>
        <button
          type="button"
          aria-label={
            isAwaited
              ? t("keys.pressFor", { command: does })
              : t("keys.change", { key: key ? nameKey(key) : t("keys.noKey"), command: does })
          }
          onClick={() => wait(!isAwaited)}
          onBlur={() => wait(false)}
          onKeyDown={onKeyDown}
          className="-mx-1 rounded-md px-1 py-0.5 hover:bg-accent focus-visible:outline-2 focus-visible:outline-ring"
        >
          {isAwaited ? (
            <span className="text-primary">{t("keys.press")}</span>
          ) : key === null ? (
            <span className="text-muted-foreground">{t("keys.none")}</span>
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
              {t.rich("keys.back", {
                key: nameKey(standard),
                command: does,
                rest: (words) => <span className="sr-only">{words}</span>,
              })}
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

function KeyNames({ keys }: { keys: readonly string[] }) {
  const t = useTranslations("label");
  const [first, second] = keys;
  const isRange = first === "A" || second === "9";
  const isChord = first === "Ctrl" || first === "Shift";
  const between = isRange ? t("keys.to") : isChord ? " + " : t("list.comma");
  const names = keys.map((key, index) => (
    <Fragment key={key}>
      {index > 0 ? between : null}
      <Kbd>{key}</Kbd>
    </Fragment>
  ));
  // What is held comes first, as on the keyboard.
  return isChord ? <bdi dir="ltr">{names}</bdi> : names;
}
