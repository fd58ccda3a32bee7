import type { ReactNode } from "react";
import { RoomMessages } from "@/app/i18n/room-messages";

/** Brings the texts of the labelling page to the browser, also while the page is on its way. */
export default function LabelLayout({ children }: { children: ReactNode }) {
  return <RoomMessages rooms={["label"]}>{children}</RoomMessages>;
}
