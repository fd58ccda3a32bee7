import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Room } from "@/messages/messages";
import { MergedMessages } from "./_components/merged-messages";

/** Gives the browser the texts of these rooms; those of the frame and of the design system are there on every page. */
export async function RoomMessages({ rooms, children }: { rooms: readonly Room[]; children: ReactNode }) {
  const all = await getMessages();
  return (
    <MergedMessages messages={Object.fromEntries(rooms.map((room) => [room, all[room]]))}>{children}</MergedMessages>
  );
}
