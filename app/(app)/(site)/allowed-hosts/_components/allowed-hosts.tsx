"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Network } from "lucide-react";
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
  const hosts = useInfiniteQuery(listQuery<AllowedHostView>(path, firstPage));
  return (
    <Page>
      <PageHeader
        title="Allowed hosts"
        purpose="Judges reach public addresses with https. Servers of your own, at private addresses or with plain http, are reached once they stand here. Metadata services of clouds never are."
      />
      <AllowForm />
      {hosts.data?.length === 0 ? (
        <EmptyState icon={<Network />} title="No host is allowed specially">
          Add the host of a model server in your network, such as 10.0.0.8:8000. It is then open to the judges of every
          project on this site.
        </EmptyState>
      ) : (
        <Table label="Allowed hosts" stickyHead={false}>
          <THead>
            <TR>
              <TH>Host</TH>
              <TH>Added</TH>
              <TH>
                <span className="sr-only">Actions</span>
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
  const client = useQueryClient();
  const { register, handleSubmit, reset } = useForm({ defaultValues: { host: "" } });
  const allow = useMutation({
    mutationFn: ({ host }: { host: string }) => api<AllowedHostView>("POST", path, { host }),
    onSuccess: async ({ host }) => {
      reset();
      toast.success(`${host} is allowed.`);
      await refreshList(client, path);
    },
  });
  return (
    <form noValidate onSubmit={handleSubmit((values) => allow.mutate(values))} className="grid gap-3">
      <div className="flex max-w-xl flex-wrap items-start gap-2">
        <Field
          label="Host"
          className="min-w-60 flex-1"
          error={faultOf(allow.error, "host")}
          hint="A name or an address; with a port, only that port."
        >
          <Input autoComplete="off" placeholder="10.0.0.8:8000" {...register("host")} />
        </Field>
        <Button type="submit" variant="primary" pending={allow.isPending} className="mt-6.5">
          Allow host
        </Button>
      </div>
      <FormAlert error={allow.error} fields={["host"]} />
    </form>
  );
}

function HostRow({ host: { host, createdAt, createdBy } }: { host: AllowedHostView }) {
  const client = useQueryClient();
  return (
    <TR>
      <TD className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{host}</TD>
      <TD className="text-muted-foreground">
        <RelativeTime value={createdAt} />
        {createdBy ? ` by ${createdBy}` : null}
      </TD>
      <TD className="text-right">
        <ConfirmDialog
          trigger={
            <Button variant="ghost" size="sm" aria-label={`Remove ${host}`}>
              Remove
            </Button>
          }
          danger
          title={`Remove ${host}?`}
          description="Judges there fail from their next run on. You can allow it again."
          confirmLabel="Remove host"
          onConfirm={async () => {
            await api("DELETE", `${path}?${new URLSearchParams({ host })}`);
            await refreshList(client, path);
          }}
        />
      </TD>
    </TR>
  );
}
