import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { pageAccess } from "@/app/(app)/page-access";
import { roleAllows } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { readCurrency, readQuestions } from "@/lib/judges/form-facts";
import { getJudgeReport, listVerdicts } from "@/lib/judges/report";
import { judgeParams } from "@/lib/judges/schema";
import { invalidPageSize } from "./_components/invalid-page-size";
import { Judge } from "./_components/judge";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("judges.common");
  return { title: t("judge") };
}

export default async function JudgePage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const access = await pageAccess("judge:read", slug);
  if (!judgeParams.safeParse({ id }).success) notFound();
  const report = await getJudgeReport(access, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const [invalid, questions, currency] = await Promise.all([
    listVerdicts(access, id, { kind: "invalid", limit: invalidPageSize }),
    readQuestions(access),
    readCurrency(access),
  ]);
  return (
    <Judge
      slug={slug}
      report={report}
      invalid={invalid}
      questions={questions}
      currency={currency}
      canRun={roleAllows(access.role, "judge:run")}
      canManage={roleAllows(access.role, "judge:manage")}
    />
  );
}
