import { endpoint } from "@/app/api/endpoint";
import { bodyOf, refuseForm } from "@/app/api/request-body";
import { imageTypes, uploadedImage } from "@/lib/images/schema";
import { uploadImage } from "@/lib/images/upload";

export const POST = endpoint(
  {
    summary: "Upload an image, the body itself, of up to 10 MB; import records can then name it by its reference",
    audience: "instance:import",
    body: { stream: imageTypes },
    response: uploadedImage,
    status: 201,
  },
  ({ request, access }) => {
    refuseForm(request);
    return uploadImage(access, bodyOf(request));
  },
);
