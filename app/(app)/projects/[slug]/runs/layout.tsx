import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

export default function RunsLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["runs"]}>{children}</RoomMessages>;
}
