import type { Metadata } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { MessagePage } from "./_components/frame/message-page";
import { Button } from "./_components/ui/button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("frame.notFound");
  return { title: t("title") };
}

export default function NotFoundPage() {
  const t = useTranslations("frame.notFound");
  return (
    <MessagePage
      title={t("heading")}
      actions={
        <Button asChild variant="primary">
          <Link href="/projects">{t("backToProjects")}</Link>
        </Button>
      }
    >
      {t("text")}
    </MessagePage>
  );
}
