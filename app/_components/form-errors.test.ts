import { expect, test } from "vitest";
import { ApiError } from "./api-client";
import { faultOf } from "./form-errors";

function refusal(message: string): ApiError {
  return new ApiError({ code: "invalid", status: 422, message: "", faults: [{ path: "name", message }] });
}

test("what the API says about a field is a sentence, with the full stop of its language", () => {
  expect(faultOf(refusal("must not be empty"), "name")).toBe("Must not be empty.");
  expect(faultOf(refusal("不能为空"), "name")).toBe("不能为空。");
});

test("of other fields nothing is said", () => {
  expect(faultOf(refusal("must not be empty"), "email")).toBeUndefined();
  expect(faultOf(null, "name")).toBeUndefined();
});
