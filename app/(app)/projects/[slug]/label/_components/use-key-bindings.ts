"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "sonner";
import { api } from "@/app/_components/api-client";
import type { KeyBindings } from "@/lib/auth/schema";
import { bindingsOf } from "./bindings";
import { inPageWords, messageOf } from "./calls";

const path = "/api/v1/me/key-bindings";
const queryKey = ["me", "key-bindings"];

export type OwnKeys = ReturnType<typeof useKeyBindings>;

/** The keys of whoever opened the page, which can be changed and then follow the account. */
export function useKeyBindings(initialData: KeyBindings, openedBy: string) {
  const t = useTranslations("label");
  const client = useQueryClient();
  const { data: own } = useQuery({
    ...{ queryKey, initialData },
    queryFn: ({ signal }) => api<KeyBindings>("GET", path, undefined, { signal, openedBy }),
  });
  const { mutate } = useMutation({
    mutationFn: (next: KeyBindings) => api<KeyBindings>("PUT", path, next, { openedBy }),
    scope: { id: path },
    onMutate: async (next) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, next);
    },
    onError: (error) => {
      toast.error(t("keys.notStored", { trouble: messageOf(inPageWords(error, t)) }), { position: "top-center" });
      void client.invalidateQueries({ queryKey });
    },
  });
  const bindings = useMemo(() => bindingsOf(own.keys), [own.keys]);
  return { own, bindings, change: (next: Partial<KeyBindings>) => mutate({ ...own, ...next }) };
}
