import type { ReactNode } from "react";

/** Small parts of a section, two beside each other where there is room. */
export function Parts({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-1 gap-x-6 gap-y-8 md:grid-cols-2">{children}</div>;
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-2">
      <h3 className="font-medium">{title}</h3>
      {children}
    </div>
  );
}
