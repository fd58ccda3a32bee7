import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthFrame } from "@/app/_components/frame/auth-frame";
import { Alert } from "@/app/_components/ui/alert";
import { RoomMessages } from "@/app/i18n/room-messages";
import { safeNext } from "@/app/safe-next";
import { currentUser } from "@/lib/auth/current-user";
import { hasUser } from "@/lib/auth/invitations";
import { SignInForm } from "./_components/sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.signIn");
  return { title: t("title") };
}

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const next = safeNext((await searchParams).next);
  if (await currentUser()) redirect(next);
  const t = await getTranslations("people.signIn");
  return (
    <AuthFrame title={t("title")}>
      {(await hasUser()) ? (
        <RoomMessages rooms={["people"]}>
          <SignInForm next={next} />
        </RoomMessages>
      ) : (
        <Alert tone="info" title={t("noAccountYet")}>
          {t("noAccountYetText")}
        </Alert>
      )}
    </AuthFrame>
  );
}
