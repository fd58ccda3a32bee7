import type { Metadata } from "next";
import { Suspense } from "react";
import { pageUser } from "@/app/(app)/page-access";
import { ListSkeleton } from "@/app/_components/list-skeleton";
import type { Principal } from "@/lib/auth/access";
import { listApiKeys } from "@/lib/auth/api-keys";
import { pageQuery } from "@/lib/auth/schema";
import { ApiKeys } from "./_components/api-keys";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const user = await pageUser();
  return (
    <Suspense fallback={<ListSkeleton />}>
      <LoadedKeys user={user} />
    </Suspense>
  );
}

async function LoadedKeys({ user }: { user: Principal }) {
  return <ApiKeys firstPage={await listApiKeys(user, pageQuery.parse({}))} />;
}
