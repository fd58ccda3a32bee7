"use client";

import { useTranslations } from "next-intl";

import { Button } from "../ui/button";
import { MessagePage } from "./message-page";

/** What is shown instead of a page that failed. */
export function FailurePage({ error }: { error: unknown }) {
  const t = useTranslations("failure");
  return (
    <MessagePage
      title={t("title")}
      reference={referenceOf(error)}
      actions={
        <>
          {/* A full load, not a retry of this part: after an upgrade the running page asks for files that are gone. */}
          <Button variant="primary" onClick={() => window.location.reload()}>
            {t("reload")}
          </Button>
          <Button asChild>
            <a href="/projects">{t("backToProjects")}</a>
          </Button>
        </>
      }
    >
      {t("text")}
    </MessagePage>
  );
}

/** The digest finds the error in the server log; an error of the browser itself has only its message. */
function referenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "digest" in error && typeof error.digest === "string" ? error.digest : error.message;
}
