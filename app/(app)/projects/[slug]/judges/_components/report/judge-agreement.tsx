"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { NativeSelect } from "@/app/_components/ui/select";
import { AgreementReport } from "./agreement-report";

type JudgeAgreementProps = { slug: string; judgeId: string; version: number; currency: string };

/** How each version of a judge compares with people. */
export function JudgeAgreement({ slug, judgeId, version, currency }: JudgeAgreementProps) {
  const t = useTranslations("judges");
  const [shown, setShown] = useState<number | null>(null);
  const versions = Array.from({ length: version }, (_, i) => version - i);
  return (
    <AgreementReport
      slug={slug}
      currency={currency}
      path={`/api/v1/projects/${slug}/judges/${judgeId}/agreement?version=${shown ?? version}`}
      actions={
        versions.length > 1 ? (
          <NativeSelect
            aria-label={t("versions.version")}
            className="w-32"
            value={shown ?? version}
            onChange={(event) => setShown(Number(event.target.value))}
          >
            {versions.map((each) => (
              <option key={each} value={each}>
                {t("common.version", { version: each })}
              </option>
            ))}
          </NativeSelect>
        ) : null
      }
    />
  );
}
