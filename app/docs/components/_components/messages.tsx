"use client";

import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/app/_components/ui/card";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Section } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Spinner } from "@/app/_components/ui/spinner";

const tones = ["info", "success", "warning", "danger"] as const;

/** What the page says by itself. */
export function Messages() {
  const t = useTranslations("gallery");
  return (
    <Section title={t("messages")}>
      {tones.map((tone) => (
        <Alert key={tone} tone={tone} title={t(`tones.${tone}`)}>
          {t("longText")}
        </Alert>
      ))}
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => toast.success(t("tones.success"))}>{t("showSuccess")}</Button>
        <Button onClick={() => toast.error(t("tones.danger"))}>{t("showFailure")}</Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <EmptyState
          icon={<Inbox aria-hidden />}
          title={t("emptyTitle")}
          action={<Button variant="primary">{t("train")}</Button>}
        >
          {t("emptyText")}
        </EmptyState>
        <Card>
          <CardHeader>
            <CardTitle>{t("card")}</CardTitle>
          </CardHeader>
          <CardContent>{t("longText")}</CardContent>
        </Card>
      </div>
      <div className="flex items-center gap-4">
        <Spinner label={t("pending")} />
        <Skeleton className="h-8 w-40" />
      </div>
      <CodeBlock label={t("code")} code={`curl -H "Authorization: Bearer $KEY" /api/v1/me`} />
    </Section>
  );
}
