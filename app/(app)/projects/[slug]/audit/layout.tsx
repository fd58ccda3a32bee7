import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

export default function AuditLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["people"]}>{children}</RoomMessages>;
}
