/** The log level that was asked for. Programs that speak to a person keep their own log silent: import this first. */
export const logLevel = process.env.LOG_LEVEL || "info";
process.env.LOG_LEVEL = "silent";
