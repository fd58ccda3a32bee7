import type { Metadata } from "next";
import { AuthFrame } from "@/app/_components/frame/auth-frame";
import { LinkProblem } from "@/app/_components/people/link-problem";
import { findPersonalInvitation, type OpenInvitation } from "@/lib/auth/accept-invitation";
import { currentUser } from "@/lib/auth/current-user";
import { AppError } from "@/lib/errors";
import { AcceptForm } from "./_components/accept-form";
import { JoinButton } from "./_components/join-button";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = await find(token);
  if (invitation instanceof AppError) {
    return (
      <AuthFrame title="This invitation cannot be used">
        <LinkProblem>{invitation.message}</LinkProblem>
      </AuthFrame>
    );
  }
  const { email, project, role } = invitation;
  const user = await currentUser();
  return (
    <AuthFrame title={project ? `Join ${project.name}` : "Become an admin of this site"}>
      <p className="text-muted-foreground">
        {project ? `You are invited to this project as ${role}.` : "You are invited to administrate this site."}
        {email ? ` The invitation is for ${email}.` : null}
      </p>
      {user ? (
        <JoinButton token={token} own={user.email} label={project ? "Join project" : "Become admin"} />
      ) : (
        <AcceptForm token={token} email={email} />
      )}
    </AuthFrame>
  );
}

async function find(token: string): Promise<OpenInvitation | AppError> {
  return await findPersonalInvitation(token).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
}
