import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthFrame } from "@/app/_components/frame/auth-frame";
import { LinkProblem } from "@/app/_components/people/link-problem";
import { RoomMessages } from "@/app/i18n/room-messages";
import { findFirstRunLink } from "@/lib/auth/accept-invitation";
import { AppError } from "@/lib/errors";
import { FirstRunForm } from "./_components/first-run-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.firstRun");
  return { title: t("title") };
}

type FirstRunPageProps = { searchParams: Promise<{ token?: string | string[] }> };

export default async function FirstRunPage({ searchParams }: FirstRunPageProps) {
  const t = await getTranslations("people.firstRun");
  const { token } = await searchParams;
  const problem = await findProblem(String(token ?? ""));
  return (
    <AuthFrame title={t(problem === null ? "heading" : "unusable")}>
      {problem === null ? (
        <RoomMessages rooms={["people"]}>
          <FirstRunForm token={String(token)} />
        </RoomMessages>
      ) : (
        <LinkProblem>{problem}</LinkProblem>
      )}
    </AuthFrame>
  );
}

async function findProblem(token: string): Promise<string | null> {
  try {
    await findFirstRunLink(token);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
