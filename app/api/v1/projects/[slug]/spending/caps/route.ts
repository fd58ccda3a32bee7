import { z } from "zod";
import { endpoint } from "@/app/api/endpoint";
import { limitView, setCapsInput } from "@/lib/ledger/schema";
import { setCaps } from "@/lib/ledger/set-caps";

export const PUT = endpoint(
  {
    summary: "Set how much a judge, or all of a project's together, may cost; what stopped at a cap is tried again",
    audience: "spending:manage",
    body: setCapsInput,
    response: z.object({ items: z.array(limitView) }),
  },
  async ({ access, body }) => ({ items: await setCaps(access, body) }),
);
