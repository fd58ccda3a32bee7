"use client";

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
        {/* In a low window the table scrolls; the keyboard has to get there. */}
        <div role="group" aria-label="Keys" tabIndex={0}>
          <table className="w-full">
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
        </div>
      </DialogContent>
    </Dialog>
  );
}

function KeyNames({ keys }: { keys: string[] }) {
  const [first, second] = keys;
  const between = first === "1" || first === "A" ? " to " : first === "Ctrl" || first === "Shift" ? " + " : ", ";
  return (
    <>
      <Kbd>{first}</Kbd>
      {second ? (
        <>
          {between}
          <Kbd>{second}</Kbd>
        </>
      ) : null}
    </>
  );
}
