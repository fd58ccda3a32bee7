"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";

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
  const keys = useInfiniteQuery(listQuery<ApiKeyView>(keysPath, firstPage));
  const items = keys.data ?? [];
  return (
    <Page>
      <PageHeader
        title="Your account"
        purpose="API keys let scripts act as you, with your rights, until they expire or you revoke them."
        actions={<NewKeyDialog />}
      />
      <AccountTabs />
      {items.length === 0 ? (
        <EmptyState icon={<KeyRound />} title="No API keys yet">
          Make one for each script or machine that imports, exports or labels for you.
        </EmptyState>
      ) : (
        <Table label="API keys">
          <THead>
            <TR>
              <TH>Name</TH>
              <TH>Key</TH>
              <TH>State</TH>
              <TH>Made</TH>
              <TH>Last used</TH>
              <TH>
                <span className="sr-only">Actions</span>
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
      <TD>{apiKey.lastUsedAt ? <RelativeTime value={apiKey.lastUsedAt} /> : "never"}</TD>
      <TD className="text-right">
        {isLive(apiKey) ? (
          <ConfirmDialog
            trigger={
              <Button variant="ghost" size="sm" aria-label={`Revoke ${apiKey.name}`}>
                Revoke
              </Button>
            }
            danger
            title={`Revoke ${apiKey.name}?`}
            description="Every script that uses this key is refused from now on. This cannot be undone."
            confirmLabel="Revoke key"
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
  if (apiKey.revokedAt) return <Badge variant="rose">Revoked</Badge>;
  if (!apiKey.expiresAt) return <Badge variant="emerald">Never expires</Badge>;
  if (!isLive(apiKey)) return <Badge variant="amber">Expired</Badge>;
  return (
    <span>
      Expires <RelativeTime value={apiKey.expiresAt} />
    </span>
  );
}

function isLive({ revokedAt, expiresAt }: ApiKeyView): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}
