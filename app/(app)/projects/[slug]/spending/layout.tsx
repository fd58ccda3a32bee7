import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

/** The page of spending, with its texts for the browser. */
export default function SpendingLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["spending"]}>{children}</RoomMessages>;
}
