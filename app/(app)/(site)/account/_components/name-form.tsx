"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { MeView } from "@/lib/auth/schema";

/** Changes one's own name. */
export function NameForm({ name }: { name: string }) {
  const t = useTranslations("people.account");
  const router = useRouter();
  const save = useMutation({
    mutationFn: (form: FormData) => api<MeView>("PATCH", "/api/v1/me", { name: form.get("name") }),
    onSuccess: (me) => {
      toast.success(t("nowCalled", { name: me.name }));
      router.refresh();
    },
  });
  return (
    <form
      noValidate
      className="grid max-w-sm gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(new FormData(event.currentTarget));
      }}
    >
      <FormAlert error={save.error} fields={["name"]} />
      <Field label={t("name")} error={faultOf(save.error, "name")}>
        <Input name="name" autoComplete="name" defaultValue={name} />
      </Field>
      <Button type="submit" className="w-fit" pending={save.isPending}>
        {t("saveName")}
      </Button>
    </form>
  );
}
