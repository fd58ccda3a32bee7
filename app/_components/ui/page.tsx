import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ComponentProps, Fragment, type ReactNode } from "react";

import { cn } from "./cn";

const widths = { narrow: "max-w-2xl", default: "max-w-6xl", wide: "max-w-[100rem]", full: "" };

/** The container of a page inside the frame. */
export function Page({
  width = "default",
  className,
  ...props
}: ComponentProps<"div"> & { width?: keyof typeof widths }) {
  return (
    <div
      {...props}
      className={cn(
        "mx-auto grid w-full min-w-0 grid-cols-1 gap-6 px-4 py-5 sm:px-6 sm:py-6",
        widths[width],
        className,
      )}
    />
  );
}

type PageHeaderProps = {
  title: ReactNode;
  /** One sentence: what this page is for. */
  purpose?: ReactNode;
  /** At most one primary button. */
  actions?: ReactNode;
  /** The pages above this one, outermost first. */
  breadcrumb?: { href: string; label: string }[];
};

/** The page's heading with the way back up and its actions. */
export function PageHeader({ title, purpose, actions, breadcrumb }: PageHeaderProps) {
  return (
    <header className="grid gap-2">
      {breadcrumb?.length ? <Breadcrumb items={breadcrumb} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl leading-7 font-semibold tracking-tight text-balance [overflow-wrap:anywhere]">
            {title}
          </h1>
          {purpose ? <p className="mt-1 max-w-[72ch] text-muted-foreground">{purpose}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}

function Breadcrumb({ items }: { items: { href: string; label: string }[] }) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={t("breadcrumb")}>
      <ol className="flex flex-wrap items-center gap-1 text-[0.8125rem] text-muted-foreground">
        {items.map((item, index) => (
          <Fragment key={item.href}>
            {index > 0 ? (
              <li aria-hidden>
                <ChevronRight className="size-3.5 rtl:-scale-x-100" />
              </li>
            ) : null}
            <li>
              <Link href={item.href} className="rounded-sm hover:text-foreground hover:underline">
                {item.label}
              </Link>
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}

type SectionProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** A part of a page under its own heading. */
export function Section({ title, description, actions, children, className }: SectionProps) {
  return (
    <section className={cn("grid min-w-0 grid-cols-1 gap-3", className)}>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div>
          <h2 className="text-[0.9375rem] leading-6 font-semibold">{title}</h2>
          {description ? <p className="max-w-[72ch] text-muted-foreground">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
