"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { NewInvitationView } from "@/lib/auth/schema";
import { api } from "../api-client";
import { faultOf, FormAlert } from "../form-errors";
import { refreshList } from "../list-query";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { NativeSelect } from "../ui/select";
import { RoleOptions } from "./role-options";

type InviteDialogProps = {
  /** The list of invitations in the API. */
  path: `/api/v1/${string}`;
  /** Asks for a role in the project; without, the invitation makes an admin of the site. */
  withRole?: boolean;
};

const roleHints: Record<string, string> = {
  annotator: "Labels instances and sees nothing else.",
  researcher: "Labels, imports, watches quality and exports.",
  admin: "Does all of that and manages members and settings.",
};

/** The button that invites, with its dialog, which shows the link once. */
export function InviteDialog(props: InviteDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">{props.withRole ? "Invite" : "Invite admin"}</Button>
      </DialogTrigger>
      {open ? <Invite {...props} /> : null}
    </Dialog>
  );
}

function Invite({ path, withRole }: InviteDialogProps) {
  const client = useQueryClient();
  const [role, setRole] = useState("annotator");
  const invite = useMutation({
    mutationFn: (form: FormData) =>
      api<NewInvitationView>("POST", path, {
        ...(withRole && { role }),
        email: form.get("email") || null,
        daysValid: Number(form.get("daysValid")),
      }),
    onSuccess: () => refreshList(client, path),
  });
  if (invite.data) return <MadeLink {...invite.data} />;
  return (
    <DialogContent
      title={withRole ? "Invite to this project" : "Invite an admin of the site"}
      description="You get a link to send. It works once."
      footer={
        <>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" form="invite" variant="primary" pending={invite.isPending}>
            Create link
          </Button>
        </>
      }
    >
      <form
        id="invite"
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate(new FormData(event.currentTarget));
        }}
      >
        <FormAlert error={invite.error} fields={["email"]} />
        {withRole ? (
          <Field label="Role" hint={roleHints[role]}>
            <NativeSelect value={role} onChange={(event) => setRole(event.target.value)}>
              <RoleOptions />
            </NativeSelect>
          </Field>
        ) : null}
        <Field
          label="E-mail address"
          hint="Optional. When set, only this address can use the link. Tandem sends no mail."
          error={faultOf(invite.error, "email")}
        >
          <Input name="email" type="email" autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field label="Valid for">
          <NativeSelect name="daysValid" defaultValue="7">
            <option value="1">1 day</option>
            <option value="7">7 days</option>
            <option value="30">30 days</option>
            <option value="90">90 days</option>
          </NativeSelect>
        </Field>
      </form>
    </DialogContent>
  );
}

function MadeLink({ invitation, path }: NewInvitationView) {
  return (
    <DialogContent
      title="The invitation is ready"
      footer={
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      }
    >
      <div className="grid gap-4">
        <Alert tone="warning" title="Copy the link now">
          It is shown this once. Send it to {invitation.email ?? "the person you invite"}; whoever opens it first can
          use it{invitation.email ? " with that address" : ""}.
        </Alert>
        <CodeBlock code={`${window.location.origin}${path}`} label="link" />
      </div>
    </DialogContent>
  );
}
