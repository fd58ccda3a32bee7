"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import type { RunView } from "@/lib/jobs/schema";

const widths = [0, 8, 16, 32, 64];

type FitNowProps = { slug: string; run: RunView | null; hasFits: boolean };

/** Starts a fit, and shows how far it is. */
export function FitNow({ slug, run, hasFits }: FitNowProps) {
  const router = useRouter();
  const [mixes, setMixes] = useState("500");
  const [hidden, setHidden] = useState(0);
  const [live, setLive] = useState(run && run.finishedAt === null ? run.id : null);
  const isMixes = Number.isInteger(Number(mixes)) && Number(mixes) >= 50 && Number(mixes) <= 2000;
  const start = useMutation({
    mutationFn: () => api<RunView>("POST", `/api/v1/projects/${slug}/routing/fit`, { mixes: Number(mixes), hidden }),
    onSuccess: ({ id }) => setLive(id),
    onError: (error) => toast.error(error.message),
  });
  function finish({ state, error }: RunView) {
    if (state === "succeeded") toast.success("A new fit is made");
    else if (state === "failed") toast.error(error ?? "The fit failed.");
    setLive(null);
    router.push(`/projects/${slug}/routing/backtest`);
    router.refresh();
  }
  return (
    <Section
      title={hasFits ? "Fit anew" : "Make a fit"}
      description="Many mixes of human and LM labels each train a small reward model, all at once. How good they turn out tells on which instances a human label helps most. It takes seconds to a minute."
    >
      <div className="grid grid-cols-1 gap-4 rounded-lg border p-4">
        {live === null ? (
          <Button
            variant={hasFits ? "secondary" : "primary"}
            className="justify-self-start"
            disabled={!isMixes}
            pending={start.isPending}
            onClick={() => start.mutate()}
          >
            Fit now
          </Button>
        ) : (
          <RunProgress key={live} slug={slug} runId={live} onDone={finish} />
        )}
        <details className="[&[open]>summary]:mb-3">
          <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">Mixes and proxy models</summary>
          <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
            <Field
              label="Mixes"
              hint="More are surer and take longer."
              error={isMixes ? undefined : "Must be a whole number from 50 to 2000."}
            >
              <Input
                inputMode="numeric"
                autoComplete="off"
                value={mixes}
                onChange={({ target }) => setMixes(target.value)}
              />
            </Field>
            <Field label="Proxy models" hint="Linear ones learn from few pairs and take seconds.">
              <NativeSelect value={hidden} onChange={({ target }) => setHidden(Number(target.value))}>
                {widths.map((width) => (
                  <option key={width} value={width}>
                    {width === 0 ? "Linear" : `With a hidden layer of ${width}`}
                  </option>
                ))}
              </NativeSelect>
            </Field>
          </div>
        </details>
      </div>
    </Section>
  );
}
