"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Network } from "lucide-react";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { listQuery, refreshList } from "@/app/_components/list-query";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { AllowedHostList, AllowedHostView } from "@/lib/hosts/schema";

const path = "/api/v1/allowed-hosts";

/** The hosts that may be reached for judges and images although they are private or speak plain http. */
export function AllowedHosts({ firstPage }: { firstPage: AllowedHostList }) {
  const t = useTranslations("people.hosts");
  const hosts = useInfiniteQuery(listQuery<AllowedHostView>(path, firstPage));
  return (
    <Page>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <AllowForm />
      {hosts.data?.length === 0 ? (
        <EmptyState icon={<Network />} title={t("none")}>
          {t("noneText")}
        </EmptyState>
      ) : (
        <Table label={t("title")} stickyHead={false}>
          <THead>
            <TR>
              <TH>{t("host")}</TH>
              <TH>{t("added")}</TH>
              <TH>
                <span className="sr-only">{t("actions")}</span>
              </TH>
            </TR>
          </THead>
          <TBody>
            {hosts.data?.map((host) => (
              <HostRow key={host.host} host={host} />
            ))}
          </TBody>
        </Table>
      )}
    </Page>
  );
}

function AllowForm() {
  const t = useTranslations("people.hosts");
  const client = useQueryClient();
  const { register, handleSubmit, reset } = useForm({ defaultValues: { host: "" } });
  const allow = useMutation({
    mutationFn: ({ host }: { host: string }) => api<AllowedHostView>("POST", path, { host }),
    onSuccess: async ({ host }) => {
      reset();
      toast.success(t("allowed", { host }));
      await refreshList(client, path);
    },
  });
  return (
    <form noValidate onSubmit={handleSubmit((values) => allow.mutate(values))} className="grid gap-3">
      <div className="flex max-w-xl flex-wrap items-start gap-2">
        <Field label={t("host")} className="min-w-60 flex-1" error={faultOf(allow.error, "host")} hint={t("hostHint")}>
          <Input autoComplete="off" placeholder="10.0.0.8:8000" {...register("host")} />
        </Field>
        <Button type="submit" variant="primary" pending={allow.isPending} className="mt-6.5">
          {t("allowHost")}
        </Button>
      </div>
      <FormAlert error={allow.error} fields={["host"]} />
    </form>
  );
}

function HostRow({ host: { host, createdAt, createdBy } }: { host: AllowedHostView }) {
  const t = useTranslations("people.hosts");
  const client = useQueryClient();
  const time = <RelativeTime value={createdAt} />;
  return (
    <TR>
      <TD className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{host}</TD>
      <TD className="text-muted-foreground">
        {createdBy ? t.rich("addedBy", { time: () => time, name: createdBy }) : time}
      </TD>
      <TD className="text-end">
        <ConfirmDialog
          trigger={
            <Button variant="ghost" size="sm" aria-label={t("removeNamed", { host })}>
              {t("remove")}
            </Button>
          }
          danger
          title={t("removeTitle", { host })}
          description={t("removeText")}
          confirmLabel={t("removeHost")}
          onConfirm={async () => {
            await api("DELETE", `${path}?${new URLSearchParams({ host })}`);
            await refreshList(client, path);
          }}
        />
      </TD>
    </TR>
  );
}
