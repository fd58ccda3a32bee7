"use client";

import { useMutation } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type DragEvent, type FormEvent, useId, useRef, useState } from "react";

import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import { Field } from "@/app/_components/ui/field";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Progress } from "@/app/_components/ui/progress";
import { NativeSelect } from "@/app/_components/ui/select";
import { Textarea } from "@/app/_components/ui/textarea";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { ImportKind } from "@/lib/datasets/schema";
import { upload } from "./upload";

type ImportFormProps = { slug: string; /** The most that may be sent. */ maxBytes: number };

/** What pasted lines are kept as, where files have their names. */
const pasted = "pasted lines";

/** Takes a file or pasted lines, to be checked or imported; the run is then shown by its address. */
export function ImportForm({ slug, maxBytes }: ImportFormProps) {
  const t = useTranslations("datasets.import");
  const numbers = useNumbers();
  const router = useRouter();
  const [kind, setKind] = useState<ImportKind>("instances");
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [share, setShare] = useState(0);
  const abort = useRef<AbortController | null>(null);

  const send = useMutation({
    mutationFn: async (dryRun: boolean) => {
      const controller = (abort.current = new AbortController());
      setShare(0);
      const source = file ?? new Blob([text]);
      const filename = file?.name ?? pasted;
      return await upload({
        slug,
        kind,
        dryRun,
        file: source,
        filename,
        signal: controller.signal,
        onProgress: setShare,
        lost: t("faults.notSent", { name: filename }),
      });
    },
    onSuccess: (run) => {
      router.push(`/projects/${slug}/import?run=${run.id}`, { scroll: false });
      router.refresh();
    },
  });

  function start(dryRun: boolean) {
    const wrong = findFault({ file, text, maxBytes }, t, numbers);
    setFault(wrong);
    if (wrong === null) send.mutate(dryRun);
  }

  function choose(chosen: File | null) {
    setFile(chosen);
    setFault(null);
    send.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    start(false);
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4 rounded-lg border p-4">
      <Field
        label={t("form.holds")}
        hint={t(kind === "instances" ? "form.withLabels" : "form.eachLineNames")}
        className="sm:max-w-sm"
      >
        <NativeSelect value={kind} onChange={(event) => setKind(event.target.value as ImportKind)}>
          <option value="instances">{t("form.instances")}</option>
          <option value="labels">{t("form.labels")}</option>
        </NativeSelect>
      </Field>
      <FileField file={file} onChoose={choose} />
      {file ? null : (
        <Field label={t("form.orPaste")}>
          <Textarea
            rows={3}
            value={text}
            onChange={(event) => setText(event.target.value)}
            spellCheck={false}
            dir="ltr"
            placeholder={'{"id": "q1", "prompt": "...", "completions": [{"text": "..."}, {"text": "..."}]}'}
            className="font-mono text-[0.8125rem]"
          />
        </Field>
      )}
      {fault ? <Alert tone="danger">{fault}</Alert> : null}
      {send.error && send.error.name !== "AbortError" ? <Alert tone="danger">{send.error.message}</Alert> : null}
      {send.isPending ? <Sending share={share} onCancel={() => abort.current?.abort()} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={send.isPending && send.variables === false}>
          {t("form.import")}
        </Button>
        <Button pending={send.isPending && send.variables === true} onClick={() => start(true)}>
          {t("form.check")}
        </Button>
        <p className="self-center text-[0.8125rem] text-muted-foreground">{t("form.checkHint")}</p>
      </div>
    </form>
  );
}

type Given = { file: File | null; text: string; maxBytes: number };

function findFault({ file, text, maxBytes }: Given, t: Translate<"datasets.import">, numbers: Numbers): string | null {
  if (!file && text.trim() === "") return t("faults.nothingChosen");
  if (file?.size === 0) return t("faults.empty", { name: file.name });
  if (file && file.size > maxBytes) {
    const [size, most] = [wordBytes(file.size, t, numbers), wordBytes(maxBytes, t, numbers)];
    return t("faults.tooLarge", { name: file.name, size, most });
  }
  return null;
}

function FileField({ file, onChoose }: { file: File | null; onChoose: (file: File | null) => void }) {
  const t = useTranslations("datasets.import");
  const numbers = useNumbers();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onChoose(dropped);
  }

  function clear() {
    if (input.current) input.current.value = "";
    onChoose(null);
    input.current?.focus();
  }

  return (
    <div className="grid gap-1.5">
      <span className="text-[0.8125rem] leading-5 font-medium">{t("form.file")}</span>
      <div className="relative">
        <input
          ref={input}
          id={id}
          type="file"
          aria-label={t("form.file")}
          accept=".jsonl,.ndjson,.json,.gz,application/json,application/x-ndjson,application/gzip"
          onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
          className="peer sr-only"
        />
        <label
          htmlFor={id}
          onDragOver={(event) => {
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={drop}
          className={cn(
            "flex min-h-24 cursor-pointer flex-col items-center justify-center gap-1 rounded-md border border-dashed border-border-strong px-4 py-3 text-center transition-colors duration-150 hover:bg-muted/60",
            "peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-ring",
            isOver && "border-primary bg-tone-indigo-soft",
          )}
        >
          <FileUp aria-hidden className="size-5 text-muted-foreground" />
          {file ? (
            <span className="font-medium [overflow-wrap:anywhere]">
              {file.name}{" "}
              <span className="font-normal text-muted-foreground">({wordBytes(file.size, t, numbers)})</span>
            </span>
          ) : (
            <span>{t("form.choose")}</span>
          )}
          <span className="text-[0.8125rem] text-muted-foreground">{t("form.accepted")}</span>
        </label>
      </div>
      {file ? (
        <Button variant="ghost" size="sm" className="justify-self-start" onClick={clear}>
          {t("form.remove")}
        </Button>
      ) : null}
    </div>
  );
}

function Sending({ share, onCancel }: { share: number; onCancel: () => void }) {
  const t = useTranslations("datasets.import.form");
  return (
    <div className="flex items-center gap-3">
      <Progress value={share} max={1} label={t("sending")} />
      <span className="w-12 text-end whitespace-nowrap text-muted-foreground tabular-nums">
        {Math.floor(100 * share)} %
      </span>
      <Button size="sm" onClick={onCancel}>
        {t("stop")}
      </Button>
    </div>
  );
}

function wordBytes(bytes: number, t: Translate<"datasets.import">, { number }: Numbers): string {
  if (bytes < 1000) return t("form.bytes", { count: bytes });
  if (bytes < 1_000_000) return `${number(bytes / 1000, 1)} kB`;
  return `${number(bytes / 1_000_000, 1)} MB`;
}
