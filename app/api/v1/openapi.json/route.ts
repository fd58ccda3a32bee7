import { z } from "zod";
import { endpoint } from "@/app/api/endpoint";
import { buildApiDocument } from "@/app/api/openapi";

export const GET = endpoint(
  {
    summary: "Get this API as an OpenAPI 3.1 document",
    audience: "public",
    response: z.looseObject({ openapi: z.string() }),
  },
  async () => {
    // Loaded when asked for, as the list of all routes contains this one.
    const { routes } = await import("../_operations");
    return buildApiDocument(routes);
  },
);
