"use client";

import { useMutation } from "@tanstack/react-query";
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
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () => api("DELETE", `/api/v1/projects/${slug}`),
    onSuccess: () => {
      toast.success(`Project ${slug} was deleted.`);
      router.push("/projects");
    },
  });
  const matches = typed === slug;
  return (
    <Dialog onOpenChange={() => setTyped("")}>
      <DialogTrigger asChild>
        <Button variant="danger">Delete project</Button>
      </DialogTrigger>
      <DialogContent
        title={`Delete project ${slug}?`}
        description="Its instances, labels and snapshots are gone for good. Only its audit events stay."
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" form="delete-project" variant="danger" disabled={!matches} pending={remove.isPending}>
              Delete project
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
          <Field label={`Type ${slug} to confirm`}>
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
