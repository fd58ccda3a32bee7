import { Page, PageHeader } from "@/app/_components/ui/page";
import type { StoredReport } from "@/lib/judges/report/schema";
import { AgreementReport } from "../../_components/report/agreement-report";

/** One AI annotator whose labels were imported. */
export function ImportedAnnotator({ slug, name, report }: { slug: string; name: string; report: StoredReport }) {
  const judges = `/projects/${slug}/judges`;
  return (
    <Page>
      <PageHeader
        title={name}
        purpose="An AI annotator whose labels came with an import."
        breadcrumb={[
          { href: judges, label: "Judges" },
          { href: `${judges}/imported`, label: "Imported AI annotators" },
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
