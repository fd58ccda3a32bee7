import { expect, test } from "vitest";
import { believedAddress } from "./client-address";

test("without proxies the peer of the connection counts, whatever the client claims", () => {
  expect(believedAddress("203.0.113.9", 0)).toBe("203.0.113.9");
  expect(believedAddress("1.2.3.4, 5.6.7.8, 203.0.113.9", 0)).toBe("203.0.113.9");
});

test("each trusted proxy vouches for one entry more", () => {
  expect(believedAddress("forged, 203.0.113.9, 10.0.0.1", 1)).toBe("203.0.113.9");
  expect(believedAddress("forged, 203.0.113.9, 10.0.0.2, 10.0.0.1", 2)).toBe("203.0.113.9");
});

test("with fewer entries than trusted proxies the first one counts", () => {
  expect(believedAddress("10.0.0.1", 3)).toBe("10.0.0.1");
  expect(believedAddress("", 1)).toBe("unknown");
});

test("addresses of one IPv6 network are one client, and mapped IPv4 is IPv4", () => {
  expect(believedAddress("2001:db8:1:2:3:4:5:6", 0)).toBe("2001:db8:1:2::/64");
  expect(believedAddress("2001:DB8:1:2::9", 0)).toBe("2001:db8:1:2::/64");
  expect(believedAddress("2001:db8::9", 0)).toBe("2001:db8:0:0::/64");
  expect(believedAddress("::1", 0)).toBe("0:0:0:0::/64");
  expect(believedAddress("::ffff:203.0.113.9", 0)).toBe("203.0.113.9");
});
