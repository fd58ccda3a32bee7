"use client";

import { Check } from "lucide-react";
import * as Primitive from "radix-ui/dropdown-menu";
import type { ComponentProps } from "react";

import { cn } from "./cn";

export const DropdownMenuTrigger = Primitive.Trigger;
export const DropdownMenuRadioGroup = Primitive.RadioGroup;

/** Not modal: a modal menu would lock scrolling and shift the page by the width of its scrollbar. */
export function DropdownMenu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} {...props} />;
}

const itemClasses = cn(
  "relative flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 py-1 outline-none select-none sm:min-h-7",
  "data-[disabled]:pointer-events-none data-[disabled]:opacity-50 data-[highlighted]:bg-accent",
  "[&_svg]:size-4 [&_svg]:shrink-0",
);

export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={4}
        collisionPadding={8}
        {...props}
        className={cn(
          "z-50 max-h-[min(28rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 overflow-y-auto rounded-lg border bg-popover p-1 text-popover-foreground shadow-lg",
          "origin-(--radix-dropdown-menu-content-transform-origin) data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in",
          className,
        )}
      />
    </Primitive.Portal>
  );
}

type ItemProps = ComponentProps<typeof Primitive.Item> & { danger?: boolean };

/** One action or, with `asChild` around a Link, one destination. */
export function DropdownMenuItem({ className, danger, ...props }: ItemProps) {
  return (
    <Primitive.Item
      {...props}
      className={cn(
        itemClasses,
        "[&_svg]:text-muted-foreground",
        danger && "text-destructive [&_svg]:text-current",
        className,
      )}
    />
  );
}

export function DropdownMenuCheckboxItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem {...props} className={cn(itemClasses, "pe-8", className)}>
      {children}
      <Indicator />
    </Primitive.CheckboxItem>
  );
}

export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem {...props} className={cn(itemClasses, "pe-8 [&_svg]:text-muted-foreground", className)}>
      {children}
      <Indicator />
    </Primitive.RadioItem>
  );
}

function Indicator() {
  return (
    <Primitive.ItemIndicator className="absolute end-2">
      <Check aria-hidden className="text-foreground!" />
    </Primitive.ItemIndicator>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return (
    <Primitive.Label
      {...props}
      className={cn("px-2 pt-1.5 pb-1 text-xs font-medium text-muted-foreground", className)}
    />
  );
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return (
    <Primitive.Separator
      {...props}
      className={cn("-mx-1 my-1 h-px bg-border forced-colors:bg-foreground", className)}
    />
  );
}
