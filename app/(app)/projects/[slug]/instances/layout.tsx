import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

export default function InstancesLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["instances"]}>{children}</RoomMessages>;
}
