"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/app/_components/ui/dialog";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";

/** Deletes the project once its slug has been typed. */
export function DeleteProject({ slug }: { slug: string }) {
  const t = useTranslations("projects.settings.delete");
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () => api("DELETE", `/api/v1/projects/${slug}`),
    onSuccess: () => {
      toast.success(t("deleted", { slug }));
      router.push("/projects");
    },
  });
  const matches = typed === slug;
  return (
    <Dialog onOpenChange={() => setTyped("")}>
      <DialogTrigger asChild>
        <Button variant="danger">{t("open")}</Button>
      </DialogTrigger>
      <DialogContent
        title={t("title", { slug })}
        description={t("text")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{t("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form="delete-project" variant="danger" disabled={!matches} pending={remove.isPending}>
              {t("open")}
            </Button>
          </>
        }
      >
        <form
          id="delete-project"
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (matches) remove.mutate();
          }}
        >
          <Field label={t("confirm", { slug })}>
            <Input
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
          {remove.error ? <Alert tone="danger">{remove.error.message}</Alert> : null}
        </form>
      </DialogContent>
    </Dialog>
  );
}
