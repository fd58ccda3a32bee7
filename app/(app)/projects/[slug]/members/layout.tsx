import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

export default function MembersLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["instances", "people"]}>{children}</RoomMessages>;
}
