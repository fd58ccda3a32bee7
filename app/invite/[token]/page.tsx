import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthFrame } from "@/app/_components/frame/auth-frame";
import { LinkProblem } from "@/app/_components/people/link-problem";
import { RoomMessages } from "@/app/i18n/room-messages";
import { findPersonalInvitation, type OpenInvitation } from "@/lib/auth/accept-invitation";
import { currentUser } from "@/lib/auth/current-user";
import { AppError } from "@/lib/errors";
import { AcceptForm } from "./_components/accept-form";
import { JoinButton } from "./_components/join-button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.invitation");
  return { title: t("title") };
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const t = await getTranslations("people.invitation");
  const { token } = await params;
  const invitation = await find(token);
  if (invitation instanceof AppError) {
    return (
      <AuthFrame title={t("unusable")}>
        <LinkProblem>{invitation.message}</LinkProblem>
      </AuthFrame>
    );
  }
  const { email, project, role } = invitation;
  const user = await currentUser();
  return (
    <AuthFrame title={project ? t("join", { name: project.name }) : t("becomeAdminHere")}>
      <p className="text-muted-foreground">
        {project ? t("toProject", { role: role ?? "admin" }) : t("toSite")}
        {email ? ` ${t("onlyFor", { email })}` : null}
      </p>
      <RoomMessages rooms={["people"]}>
        {user ? (
          <JoinButton token={token} own={user.email} label={t(project ? "joinProject" : "becomeAdmin")} />
        ) : (
          <AcceptForm token={token} email={email} />
        )}
      </RoomMessages>
    </AuthFrame>
  );
}

async function find(token: string): Promise<OpenInvitation | AppError> {
  return await findPersonalInvitation(token).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}
