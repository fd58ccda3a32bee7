import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthFrame } from "@/app/_components/frame/auth-frame";
import { Alert } from "@/app/_components/ui/alert";
import { safeNext } from "@/app/safe-next";
import { currentUser } from "@/lib/auth/current-user";
import { hasUser } from "@/lib/auth/invitations";
import { SignInForm } from "./_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const next = safeNext((await searchParams).next);
  if (await currentUser()) redirect(next);
  return (
    <AuthFrame title="Sign in">
      {(await hasUser()) ? (
        <SignInForm next={next} />
      ) : (
        <Alert tone="info" title="This site has no account yet">
          Open the first-run link that was printed in the terminal when the site was started. It makes the first admin.
        </Alert>
      )}
    </AuthFrame>
  );
}
