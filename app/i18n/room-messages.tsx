import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { englishOf, isUntranslated, type Room } from "@/messages/messages";
import { MergedMessages } from "./_components/merged-messages";

/**
 * Gives the browser the texts of these rooms; those of the frame and of the design system are there on every page. The
 * first room is the page's own: where the language lacks the whole of it, the page is an English one inside of the frame,
 * with its direction, and says so to whoever has it read out.
 */
export async function RoomMessages({ rooms, children }: { rooms: readonly [Room, ...Room[]]; children: ReactNode }) {
  const [locale, all] = await Promise.all([getLocale(), getMessages()]);
  if (await isUntranslated(rooms[0], locale)) {
    return (
      <MergedMessages locale="en" messages={englishOf([...rooms, "ui"])}>
        <div lang="en" dir="ltr" className="contents">
          {children}
        </div>
      </MergedMessages>
    );
  }
  return (
    <MergedMessages locale={locale} messages={Object.fromEntries(rooms.map((room) => [room, all[room]]))}>
      {children}
    </MergedMessages>
  );
}
