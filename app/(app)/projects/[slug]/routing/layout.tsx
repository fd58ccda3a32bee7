import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

/** Both pages of routing, with their texts for the browser. */
export default function RoutingLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["routing"]}>{children}</RoomMessages>;
}
