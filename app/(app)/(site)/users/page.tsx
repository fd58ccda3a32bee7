import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { RoomMessages } from "@/app/i18n/room-messages";
import { ListSkeleton } from "@/app/_components/list-skeleton";
import type { GlobalAccess } from "@/lib/auth/access";
import { listAdminInvitations } from "@/lib/auth/invitations";
import { pageQuery } from "@/lib/auth/schema";
import { listUsers } from "@/lib/auth/users";
import { Users } from "./_components/users";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.users");
  return { title: t("title") };
}

export default async function UsersPage() {
  const access = await pageGlobalAccess("user:manage");
  return (
    <RoomMessages rooms={["people"]}>
      <Suspense fallback={<ListSkeleton />}>
        <LoadedUsers access={access} />
      </Suspense>
    </RoomMessages>
  );
}

async function LoadedUsers({ access }: { access: GlobalAccess<"user:manage"> }) {
  const firstQuery = pageQuery.parse({});
  const [users, invitations] = await Promise.all([
    listUsers(access, firstQuery),
    listAdminInvitations(access, firstQuery),
  ]);
  return <Users ownId={access.userId} users={users} invitations={invitations} />;
}
