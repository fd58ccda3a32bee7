import type { Metadata } from "next";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { listAllowedHosts } from "@/lib/hosts/allowed-hosts";
import { AllowedHosts } from "./_components/allowed-hosts";

export const metadata: Metadata = { title: "Allowed hosts" };

export default async function AllowedHostsPage() {
  const access = await pageGlobalAccess("host:manage");
  return <AllowedHosts firstPage={await listAllowedHosts(access)} />;
}
