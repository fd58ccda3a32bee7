import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

/** The pages of judges, with their texts. */
export default function JudgesLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["judges", "label"]}>{children}</RoomMessages>;
}
