import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { pageAccess } from "@/app/(app)/page-access";
import { AppError } from "@/lib/errors";
import { importedAnnotatorQuery } from "@/lib/judges/report/schema";
import { getImportedAgreement, listImportedAnnotators } from "@/lib/judges/report/stored";
import { ImportedAnnotator } from "./_components/imported-annotator";
import { ImportedAnnotatorList } from "./_components/imported-annotator-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("judges.common");
  return { title: t("imported") };
}

type ImportedPageProps = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The list, or with `?name=` one of them: names may hold anything, also what no path can. */
export default async function ImportedPage({ params, searchParams }: ImportedPageProps) {
  const { slug } = await params;
  const access = await pageAccess("quality:read", slug);
  const { name } = await searchParams;
  const query = importedAnnotatorQuery.safeParse({ name });
  if (!query.success) return <ImportedAnnotatorList slug={slug} annotators={await listImportedAnnotators(access)} />;
  const report = await getImportedAgreement(access, query.data).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return <ImportedAnnotator slug={slug} name={query.data.name} report={report} />;
}
