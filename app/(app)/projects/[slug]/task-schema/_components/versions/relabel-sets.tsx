"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { api } from "@/app/_components/api-client";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Section } from "@/app/_components/ui/page";
import { Progress } from "@/app/_components/ui/progress";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { RelabelSetView } from "@/lib/assignments/relabel/schema";

/** What people are, or were, asked for again, and how far they are. */
export function RelabelSets({ slug, sets }: { slug: string; sets: RelabelSetView[] }) {
  const t = useTranslations("taskSchema.relabel");
  const versions = useTranslations("taskSchema.versions");
  const { number } = useNumbers();
  const router = useRouter();
  if (sets.length === 0) return null;
  return (
    <Section title={t("sets")}>
      <Table label={t("sets")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("about")}</TH>
            <TH>{t("opened")}</TH>
            <TH>{t("by")}</TH>
            <TH>{t("done")}</TH>
            <TH>
              <span className="sr-only">{t("actions")}</span>
            </TH>
          </TR>
        </THead>
        <TBody>
          {sets.map(({ id, questions, createdAt, createdBy, submissions, left, stoppedAt }) => (
            <TR key={id}>
              <TD>{questions.length > 0 ? questions.join(", ") : t("guidelines")}</TD>
              <TD>
                <RelativeTime value={createdAt} />
              </TD>
              <TD>{createdBy ?? versions("commandLine")}</TD>
              <TD>
                {stoppedAt !== null ? (
                  t("stopped")
                ) : (
                  <span className="flex items-center gap-3">
                    <Progress value={submissions - left} max={submissions} label={t("done")} className="w-24" />
                    {t("of", { done: number(submissions - left), total: number(submissions) })}
                  </span>
                )}
              </TD>
              <TD className="text-end">
                {stoppedAt === null && left > 0 ? (
                  <ConfirmDialog
                    trigger={
                      <Button variant="link" size="sm">
                        {t("stop")}
                      </Button>
                    }
                    title={t("stopTitle")}
                    description={t("stopText", { left })}
                    confirmLabel={t("stop")}
                    onConfirm={async () => {
                      await api("DELETE", `/api/v1/projects/${slug}/relabel-sets/${id}`);
                      router.refresh();
                    }}
                  />
                ) : null}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
