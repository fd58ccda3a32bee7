import { endpoint } from "@/app/api/endpoint";
import { templateIds } from "@/lib/projects/templates/ids";
import { templateView } from "@/lib/projects/templates/schema";
import { templates } from "@/lib/projects/templates/templates";
import { activeLocale } from "@/lib/say";
import { messagesOf } from "@/messages/messages";
import { z } from "zod";

export const GET = endpoint(
  {
    summary: "List the templates that a project can begin with",
    audience: "signed-in",
    response: z.object({ items: z.array(templateView) }),
  },
  async () => {
    const { list } = (await messagesOf(activeLocale())).templates;
    return { items: templateIds.map((id) => ({ id, ...list[id], ...templates[id] })) };
  },
);
