import type { Metadata } from "next";
import { pageUser } from "@/app/(app)/page-access";
import { listApiKeys } from "@/lib/auth/api-keys";
import { pageQuery } from "@/lib/auth/schema";
import { ApiKeys } from "./_components/api-keys";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const user = await pageUser();
  return <ApiKeys firstPage={await listApiKeys(user, pageQuery.parse({}))} />;
}
