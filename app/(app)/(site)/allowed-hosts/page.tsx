import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { RoomMessages } from "@/app/i18n/room-messages";
import { listAllowedHosts } from "@/lib/hosts/allowed-hosts";
import { AllowedHosts } from "./_components/allowed-hosts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.hosts");
  return { title: t("title") };
}

export default async function AllowedHostsPage() {
  const access = await pageGlobalAccess("host:manage");
  return (
    <RoomMessages rooms={["people"]}>
      <AllowedHosts firstPage={await listAllowedHosts(access)} />
    </RoomMessages>
  );
}
