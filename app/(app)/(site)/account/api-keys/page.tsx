import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { pageUser } from "@/app/(app)/page-access";
import { RoomMessages } from "@/app/i18n/room-messages";
import { ListSkeleton } from "@/app/_components/list-skeleton";
import type { Principal } from "@/lib/auth/access";
import { listApiKeys } from "@/lib/auth/api-keys";
import { pageQuery } from "@/lib/auth/schema";
import { ApiKeys } from "./_components/api-keys";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.apiKeys");
  return { title: t("title") };
}

export default async function ApiKeysPage() {
  const user = await pageUser();
  return (
    <RoomMessages rooms={["people"]}>
      <Suspense fallback={<ListSkeleton />}>
        <LoadedKeys user={user} />
      </Suspense>
    </RoomMessages>
  );
}

async function LoadedKeys({ user }: { user: Principal }) {
  return <ApiKeys firstPage={await listApiKeys(user, pageQuery.parse({}))} />;
}
