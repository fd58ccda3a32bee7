import { endpoint } from "@/app/api/endpoint";
import { loadImage } from "@/lib/images/load";
import { imageParams } from "@/lib/images/schema";

export const GET = endpoint(
  {
    summary: "Get an image that instances of a project show; one with a URL is fetched at the first time and kept",
    audience: "label:write",
    params: imageParams,
    response: "image/*",
  },
  async ({ access, params }) => {
    const { contentType, bytes } = await loadImage(access, params.id);
    return new Response(bytes, {
      headers: {
        "content-type": contentType,
        // What an id stands for never changes; shared caches would give it to people who may not see it.
        "cache-control": "private, max-age=31536000, immutable",
        "cross-origin-resource-policy": "same-origin",
      },
    });
  },
);
