import { endpoint } from "@/app/api/endpoint";
import { readArtifact } from "@/lib/reward/queries";
import { servedModelParams } from "@/lib/reward/schema";

export const GET = endpoint(
  {
    summary: "Download a version as an ONNX file, or the active one (id active)",
    audience: "reward:read",
    params: servedModelParams,
    response: "application/octet-stream",
  },
  async ({ access, params }) => {
    const { version, bytes } = await readArtifact(access, params.id);
    return new Response(bytes, {
      headers: {
        "content-type": "application/octet-stream",
        "content-disposition": `attachment; filename="${access.slug}-reward-model-${version}.onnx"`,
        "cache-control": "private",
      },
    });
  },
);
