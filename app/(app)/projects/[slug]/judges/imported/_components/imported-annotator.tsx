import { useTranslations } from "next-intl";
import { Page, PageHeader } from "@/app/_components/ui/page";
import type { StoredReport } from "@/lib/judges/report/schema";
import { AgreementReport } from "../../_components/report/agreement-report";

/** One AI annotator whose labels were imported. */
export function ImportedAnnotator({ slug, name, report }: { slug: string; name: string; report: StoredReport }) {
  const t = useTranslations("judges");
  const judges = `/projects/${slug}/judges`;
  return (
    <Page>
      <PageHeader
        title={name}
        purpose={t("imported.purposeOne")}
        breadcrumb={[
          { href: judges, label: t("common.judges") },
          { href: `${judges}/imported`, label: t("common.imported") },
        ]}
      />
      <AgreementReport
        slug={slug}
        first={report}
        path={`/api/v1/projects/${slug}/quality/ai-annotators/report?name=${encodeURIComponent(name)}`}
      />
    </Page>
  );
}
