import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

export default function TaskSchemaLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["taskSchema", "label", "projectForms"]}>{children}</RoomMessages>;
}
