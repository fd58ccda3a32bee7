"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { refreshList } from "@/app/_components/list-query";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/app/_components/ui/dialog";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";
import type { NewApiKeyView } from "@/lib/auth/schema";

const keysPath = "/api/v1/api-keys";

/** The button "New API key" with its dialog, which shows the key once. */
export function NewKeyDialog() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">New API key</Button>
      </DialogTrigger>
      {open ? <NewKey /> : null}
    </Dialog>
  );
}

function NewKey() {
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: (form: FormData) => {
      const days = form.get("days");
      return api<NewApiKeyView>("POST", keysPath, {
        name: form.get("name"),
        days: days === "never" ? null : Number(days),
      });
    },
    onSuccess: () => refreshList(client, keysPath),
  });
  if (create.data) return <MadeKey made={create.data} />;
  return (
    <DialogContent
      title="New API key"
      description="It acts as you: give each script its own, so that you can revoke one alone."
      footer={
        <>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" form="new-key" variant="primary" pending={create.isPending}>
            Create key
          </Button>
        </>
      }
    >
      <form
        id="new-key"
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(new FormData(event.currentTarget));
        }}
      >
        <FormAlert error={create.error} fields={["name"]} />
        <Field label="Name" hint="What it is for, such as “nightly import”." error={faultOf(create.error, "name")}>
          <Input name="name" autoComplete="off" />
        </Field>
        <Field label="Expires">
          <NativeSelect name="days" defaultValue="90">
            <option value="30">in 30 days</option>
            <option value="90">in 90 days</option>
            <option value="365">in a year</option>
            <option value="never">never</option>
          </NativeSelect>
        </Field>
      </form>
    </DialogContent>
  );
}

function MadeKey({ made: { apiKey, key } }: { made: NewApiKeyView }) {
  const example = `curl -H "Authorization: Bearer ${key}" ${window.location.origin}/api/v1/me`;
  return (
    <DialogContent
      title={`The key ${apiKey.name}`}
      footer={
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      }
    >
      <div className="grid gap-4">
        <Alert tone="warning" title="Copy it now">
          It is shown this once. Whoever has it can do what you can.
        </Alert>
        <CodeBlock code={key} label="API key" />
        <div className="grid gap-1.5">
          <p className="text-[0.8125rem] text-muted-foreground">To try it:</p>
          <CodeBlock code={example} label="example" />
        </div>
      </div>
    </DialogContent>
  );
}
