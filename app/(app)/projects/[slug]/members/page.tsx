import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { ListSkeleton } from "@/app/_components/list-skeleton";
import { grant, roleAllows, type Access } from "@/lib/auth/access";
import { listInvitations } from "@/lib/auth/invitations";
import { listMembers } from "@/lib/auth/members";
import { pageQuery } from "@/lib/auth/schema";
import { Team } from "./_components/team";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("instances.members");
  return { title: t("title") };
}

export default async function MembersPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const access = await pageAccess("member:read", slug);
  // Rights are settled before anything is sent, so that the status of the answer is right.
  return (
    <Suspense fallback={<ListSkeleton />}>
      <LoadedTeam access={access} />
    </Suspense>
  );
}

async function LoadedTeam({ access }: { access: Access<"member:read"> }) {
  const firstQuery = pageQuery.parse({});
  const invitations = roleAllows(access.role, "member:manage")
    ? await listInvitations(grant(access, access, "member:manage"), firstQuery)
    : null;
  return (
    <Team
      slug={access.slug}
      ownId={access.userId}
      members={await listMembers(access, firstQuery)}
      // Only who may manage members sees whom they invited.
      invitations={invitations}
    />
  );
}
