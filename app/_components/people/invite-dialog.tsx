"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { MemberView, NewInvitationView } from "@/lib/auth/schema";
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

/** The button that invites, with its dialog, which shows the link once. */
export function InviteDialog(props: InviteDialogProps) {
  const t = useTranslations("people.invite");
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">{t(props.withRole ? "invite" : "inviteAdmin")}</Button>
      </DialogTrigger>
      {open ? <Invite {...props} /> : null}
    </Dialog>
  );
}

function Invite({ path, withRole }: InviteDialogProps) {
  const t = useTranslations("people.invite");
  const client = useQueryClient();
  const [role, setRole] = useState<MemberView["role"]>("annotator");
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
      title={t(withRole ? "toProject" : "toSite")}
      description={t("text")}
      footer={
        <>
          <DialogClose asChild>
            <Button>{t("cancel")}</Button>
          </DialogClose>
          <Button type="submit" form="invite" variant="primary" pending={invite.isPending}>
            {t("createLink")}
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
          <Field label={t("role")} hint={t(`roleHints.${role}`)}>
            <NativeSelect value={role} onChange={(event) => setRole(event.target.value as MemberView["role"])}>
              <RoleOptions />
            </NativeSelect>
          </Field>
        ) : null}
        <Field label={t("email")} hint={t("emailHint")} error={faultOf(invite.error, "email")}>
          <Input name="email" type="email" autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field label={t("validFor")}>
          <NativeSelect name="daysValid" defaultValue="7">
            {[1, 7, 30, 90].map((days) => (
              <option key={days} value={days}>
                {t("days", { days })}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </form>
    </DialogContent>
  );
}

function MadeLink({ invitation, path }: NewInvitationView) {
  const t = useTranslations("people.invite");
  const { email } = invitation;
  return (
    <DialogContent
      title={t("ready")}
      footer={
        <DialogClose asChild>
          <Button variant="primary">{t("done")}</Button>
        </DialogClose>
      }
    >
      <div className="grid gap-4">
        <Alert tone="warning" title={t("copyNow")}>
          {email ? t("copyNowFor", { email }) : t("copyNowText")}
        </Alert>
        <CodeBlock code={`${window.location.origin}${path}`} label={t("link")} />
      </div>
    </DialogContent>
  );
}
