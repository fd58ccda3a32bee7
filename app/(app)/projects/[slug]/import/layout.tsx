import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

export default function ImportLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["datasets"]}>{children}</RoomMessages>;
}
