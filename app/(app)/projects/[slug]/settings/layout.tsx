import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["projectForms"]}>{children}</RoomMessages>;
}
