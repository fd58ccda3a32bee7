"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";

import { api } from "@/app/_components/api-client";
import { listQuery, refreshList } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { ApiKeyList, ApiKeyView } from "@/lib/auth/schema";
import { AccountTabs } from "../../_components/account-tabs";
import { NewKeyDialog } from "./new-key-dialog";

const keysPath = "/api/v1/api-keys";

/** One's own keys, with the means to make and to revoke them. */
export function ApiKeys({ firstPage }: { firstPage: ApiKeyList }) {
  const t = useTranslations("people.apiKeys");
  const keys = useInfiniteQuery(listQuery<ApiKeyView>(keysPath, firstPage));
  const items = keys.data ?? [];
  return (
    <Page>
      <PageHeader title={t("heading")} purpose={t("purpose")} actions={<NewKeyDialog />} />
      <AccountTabs />
      {items.length === 0 ? (
        <EmptyState icon={<KeyRound />} title={t("none")}>
          {t("noneText")}
        </EmptyState>
      ) : (
        <Table label={t("title")}>
          <THead>
            <TR>
              <TH>{t("name")}</TH>
              <TH>{t("key")}</TH>
              <TH>{t("state")}</TH>
              <TH>{t("made")}</TH>
              <TH>{t("lastUsed")}</TH>
              <TH>
                <span className="sr-only">{t("actions")}</span>
              </TH>
            </TR>
          </THead>
          <TBody>
            {items.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </TBody>
        </Table>
      )}
      <ShowMore query={keys} />
    </Page>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useTranslations("people.apiKeys");
  const client = useQueryClient();
  return (
    <TR>
      <TD className="min-w-36 font-medium [overflow-wrap:anywhere]">{apiKey.name}</TD>
      <TD className="font-mono text-xs whitespace-nowrap">{apiKey.prefix}…</TD>
      <TD className="whitespace-nowrap">
        <KeyState apiKey={apiKey} />
      </TD>
      <TD>
        <RelativeTime value={apiKey.createdAt} />
      </TD>
      <TD>{apiKey.lastUsedAt ? <RelativeTime value={apiKey.lastUsedAt} /> : t("never")}</TD>
      <TD className="text-end">
        {isLive(apiKey) ? (
          <ConfirmDialog
            trigger={
              <Button variant="ghost" size="sm" aria-label={t("revokeNamed", { name: apiKey.name })}>
                {t("revoke")}
              </Button>
            }
            danger
            title={t("revokeTitle", { name: apiKey.name })}
            description={t("revokeText")}
            confirmLabel={t("revokeKey")}
            onConfirm={async () => {
              await api("DELETE", `${keysPath}/${apiKey.id}`);
              await refreshList(client, keysPath);
            }}
          />
        ) : null}
      </TD>
    </TR>
  );
}

function KeyState({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useTranslations("people.apiKeys");
  const { revokedAt, expiresAt } = apiKey;
  if (revokedAt) return <Badge variant="rose">{t("revoked")}</Badge>;
  if (!expiresAt) return <Badge variant="emerald">{t("neverExpires")}</Badge>;
  if (!isLive(apiKey)) return <Badge variant="amber">{t("expired")}</Badge>;
  return <span>{t.rich("expires", { time: () => <RelativeTime value={expiresAt} /> })}</span>;
}

function isLive({ revokedAt, expiresAt }: ApiKeyView): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}
