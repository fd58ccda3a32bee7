import { isIPv6 } from "node:net";
import { env } from "@/lib/env";

/** The network address of the client that sent a request, as far as TANDEM_TRUSTED_PROXIES says it can be believed. */
export function clientAddress(headers: Headers): string {
  return believedAddress(headers.get("x-forwarded-for") ?? "", env().TANDEM_TRUSTED_PROXIES);
}

/**
 * The last entry of X-Forwarded-For is the peer of this process (instrumentation.ts puts it there); each trusted proxy
 * in front vouches for one entry more. What a client wrote itself stands further left and is never reached. Of an IPv6
 * address only the network of one customer counts (/64), because its holder has all addresses in it.
 */
export function believedAddress(forwardedFor: string, trustedProxies: number): string {
  const entries = forwardedFor
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const entry = entries[Math.max(0, entries.length - 1 - trustedProxies)] ?? "unknown";
  const address = entry.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIPv6(address) ? `${firstGroups(address)}::/64` : address.slice(0, 45);
}

/** The first four of the eight groups of an IPv6 address, with the zeros that "::" stands for. */
function firstGroups(address: string): string {
  const [left = "", right] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const zeros =
    right === undefined ? [] : Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => "0");
  return [...head, ...zeros, ...tail].slice(0, 4).join(":");
}
