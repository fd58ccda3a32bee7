import type { Metadata } from "next";
import { AuthFrame } from "@/app/_components/frame/auth-frame";
import { LinkProblem } from "@/app/_components/people/link-problem";
import { findFirstRunLink } from "@/lib/auth/accept-invitation";
import { AppError } from "@/lib/errors";
import { FirstRunForm } from "./_components/first-run-form";

export const metadata: Metadata = { title: "First run" };

type FirstRunPageProps = { searchParams: Promise<{ token?: string | string[] }> };

export default async function FirstRunPage({ searchParams }: FirstRunPageProps) {
  const { token } = await searchParams;
  const problem = await findProblem(String(token ?? ""));
  return (
    <AuthFrame title={problem === null ? "Set up this site" : "This link cannot be used"}>
      {problem === null ? <FirstRunForm token={String(token)} /> : <LinkProblem>{problem}</LinkProblem>}
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
