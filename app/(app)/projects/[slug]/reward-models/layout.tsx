import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

export default function RewardModelsLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["rewardModels", "label"]}>{children}</RoomMessages>;
}
