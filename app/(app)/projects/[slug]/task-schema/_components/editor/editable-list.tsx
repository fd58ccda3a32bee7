"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/app/_components/ui/button";
import { useNews } from "@/app/_components/ui/use-news";
import type { Messages } from "@/messages/messages";
import { ListFault } from "./fields";

export type Change<T> = (item: T) => void;

/** What an item is drawn with. */
export type Item<T> = { index: number; change: Change<T>; buttons: ReactNode };

/** Of what a list is. */
export type ListOf = keyof Messages["taskSchema"]["list"]["item"];

type EditableListProps<T> = {
  what: ListOf;
  path: string;
  items: readonly T[];
  onChange: (items: T[]) => void;
  least?: number;
  most: number;
  /** One more. */
  create: () => T;
  render: (item: T, drawn: Item<T>) => ReactNode;
};

/** A list that is added to, ordered and shortened by buttons, with the focus where the next press is likely. */
export function EditableList<T>(props: EditableListProps<T>) {
  const { what, path, items, least = 0, most, create } = props;
  const t = useTranslations("taskSchema.list");
  const list = useRef<HTMLOListElement>(null);
  const { keys, move, remove, add, newsRef } = useItems({ ...props, list });
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <Items {...props} {...{ list, keys, move, remove, least }} />
      <ListFault path={path} />
      <Button
        size="sm"
        data-add
        className="justify-self-start"
        disabled={items.length >= most}
        onClick={() => add(create())}
      >
        <Plus aria-hidden />
        {t(`add.${what}`)}
      </Button>
      <p ref={newsRef} role="status" className="sr-only" />
    </div>
  );
}

type ItemsProps<T> = Pick<EditableListProps<T>, "what" | "items" | "onChange" | "render"> &
  Omit<ReturnType<typeof useItems<T>>, "add" | "newsRef"> & {
    list: RefObject<HTMLOListElement | null>;
    least: number;
  };

/** The items, without a way to add one. */
export function Items<T>({ what, items, onChange, render, list, least, keys, move, remove }: ItemsProps<T>) {
  const t = useTranslations("taskSchema.list");
  return (
    <ol ref={list} className="grid min-w-0 grid-cols-1 gap-3 empty:hidden">
      {items.map((item, index) => (
        <li key={keys[index]} data-item={index} className="min-w-0">
          <fieldset className="min-w-0">
            <legend className="sr-only">{t(`title.${what}`, { number: index + 1 })}</legend>
            {render(item, {
              index,
              change: (changed) => onChange(items.map((one, at) => (at === index ? changed : one))),
              buttons: (
                <ItemButtons
                  name={t(`item.${what}`, { number: index + 1 })}
                  isFirst={index === 0}
                  isLast={index === items.length - 1}
                  canRemove={items.length > least}
                  onMove={(by) => move(index, by)}
                  onRemove={() => remove(index)}
                />
              ),
            })}
          </fieldset>
        </li>
      ))}
    </ol>
  );
}

/** An item of several fields under its title. */
export function ItemCard({ title, buttons, children }: { title: ReactNode; buttons: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-w-0 grid-cols-1 rounded-lg border bg-card px-3 pt-1.5 pb-3 sm:px-4 sm:pb-4">
      <div className="flex min-w-0 items-center justify-between gap-2">
        <div className="min-w-0 flex-1 text-[0.8125rem] text-muted-foreground">{title}</div>
        {buttons}
      </div>
      {children}
    </div>
  );
}

/** An item of one line. */
export function ItemRow({ buttons, children }: { buttons: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-end gap-1">
      <div className="min-w-0 flex-1">{children}</div>
      {buttons}
    </div>
  );
}

type ItemsOf<T> = Pick<EditableListProps<T>, "what" | "items" | "onChange"> & {
  list: RefObject<HTMLOListElement | null>;
};

/** Items keep what is open in them when they move, so each has a key of its own. */
export function useItems<T>({ what, items, onChange, list }: ItemsOf<T>) {
  const t = useTranslations("taskSchema.list");
  const nameOf = (index: number) => t(`item.${what}`, { number: index + 1 });
  const [own, setKeys] = useState(() => items.map((_, index) => index));
  const { newsRef, tell } = useNews();
  const next = Math.max(-1, ...own) + 1;
  // One that came from outside is behind those that are known.
  const keys = items.map((_, index) => own[index] ?? next + index);

  function update(changed: T[], changedKeys: number[], said: string, focus: string): void {
    flushSync(() => {
      setKeys(changedKeys);
      onChange(changed);
    });
    tell(said);
    const target = list.current?.querySelector<HTMLElement>(focus);
    (target ?? list.current?.parentElement?.querySelector<HTMLElement>("[data-add]"))?.focus();
  }

  function move(from: number, by: -1 | 1): void {
    const to = from + by;
    const swap = <V,>(all: readonly V[]): V[] => all.with(from, all[to]!).with(to, all[from]!);
    const isAtEnd = to === (by < 0 ? 0 : items.length - 1);
    const button = by < 0 === isAtEnd ? "down" : "up";
    update(
      swap(items),
      swap(keys),
      t("moved", { item: nameOf(from), now: nameOf(to) }),
      `:scope > [data-item="${to}"] [data-buttons] [data-move="${button}"]`,
    );
  }

  function remove(index: number): void {
    const without = <V,>(all: readonly V[]): V[] => all.filter((_, at) => at !== index);
    const beside = Math.min(index, items.length - 2);
    update(
      without(items),
      without(keys),
      t("removed", { item: nameOf(index) }),
      `:scope > [data-item="${beside}"] [data-buttons] [data-remove]:not(:disabled)`,
    );
  }

  function add(item: T): void {
    update(
      [...items, item],
      [...keys, next + items.length],
      t("added", { item: nameOf(items.length) }),
      `:scope > [data-item="${items.length}"] input`,
    );
    const box = document.activeElement;
    if (box instanceof HTMLInputElement && box.type === "text") box.select();
  }
  return { keys, move, remove, add, newsRef };
}

type ItemButtonsProps = {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  canRemove: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

function ItemButtons({ name, isFirst, isLast, canRemove, onMove, onRemove }: ItemButtonsProps) {
  const t = useTranslations("taskSchema.list");
  const isOnly = isFirst && isLast;
  const button = { variant: "ghost", size: "icon", className: "text-muted-foreground" } as const;
  return (
    <div data-buttons className="flex shrink-0 items-center">
      {isOnly ? null : (
        <>
          <Button
            {...button}
            data-move="up"
            aria-label={t("moveUp", { item: name })}
            disabled={isFirst}
            onClick={() => onMove(-1)}
          >
            <ArrowUp aria-hidden />
          </Button>
          <Button
            {...button}
            data-move="down"
            aria-label={t("moveDown", { item: name })}
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden />
          </Button>
        </>
      )}
      <Button {...button} data-remove aria-label={t("remove", { item: name })} disabled={!canRemove} onClick={onRemove}>
        <Trash2 aria-hidden />
      </Button>
    </div>
  );
}
