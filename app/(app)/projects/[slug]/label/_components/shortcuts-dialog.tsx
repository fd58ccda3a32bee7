"use client";

import { Fragment } from "react";
import { Dialog, DialogContent } from "@/app/_components/ui/dialog";
import { Kbd } from "@/app/_components/ui/kbd";
import { keyTable } from "./keys";

type ShortcutsDialogProps = {
  /** What had the focus. A key opens this dialog as well as a button, so the focus is brought back by hand. */
  openedFrom: Element | null;
  onClose: () => void;
};

/** All keys of the labelling page in one table. */
export function ShortcutsDialog({ openedFrom, onClose }: ShortcutsDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Keyboard shortcuts"
        description="In text boxes keys type: Escape leaves the box."
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (openedFrom instanceof HTMLElement) openedFrom.focus();
        }}
        className="sm:max-w-xl"
      >
        <table
          // A long table scrolls, which the keyboard must be able to do too.
          tabIndex={0}
          aria-label="Keys"
          className="w-full"
        >
          <tbody className="divide-y">
            {keyTable.map(({ keys, does }) => (
              <tr key={does}>
                <th scope="row" className="w-28 py-1.5 pr-4 text-left align-top font-normal whitespace-nowrap">
                  <KeyNames keys={keys} />
                </th>
                <td className="py-1.5">{does}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DialogContent>
    </Dialog>
  );
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
