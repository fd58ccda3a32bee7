import { endpoint } from "@/app/api/endpoint";
import { encoderInput, encoderView } from "@/lib/encoders/schema";
import { getEncoder, setEncoder } from "@/lib/reward/encoder-choice";

export const GET = endpoint(
  {
    summary: "Read which encoder the next version of the reward model reads texts with, and which there are",
    audience: "reward:read",
    response: encoderView,
  },
  ({ access }) => getEncoder(access),
);

export const PUT = endpoint(
  {
    summary: "Choose the encoder of the next version of the reward model; older versions keep theirs",
    audience: "reward:manage",
    body: encoderInput,
    response: encoderView,
  },
  ({ access, body }) => setEncoder(access, body),
);
