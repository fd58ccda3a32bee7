import type { Metadata } from "next";
import { Suspense } from "react";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { ListSkeleton } from "@/app/_components/list-skeleton";
import type { GlobalAccess } from "@/lib/auth/access";
import { listAdminInvitations } from "@/lib/auth/invitations";
import { pageQuery } from "@/lib/auth/schema";
import { listUsers } from "@/lib/auth/users";
import { Users } from "./_components/users";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage() {
  const access = await pageGlobalAccess("user:manage");
  return (
    <Suspense fallback={<ListSkeleton />}>
      <LoadedUsers access={access} />
    </Suspense>
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
