export { toJson } from "./json";
export type { Json } from "./redact";
export { Redactor } from "./redact";
export type { ReportOptions } from "./style";
export { printReport } from "./text";
export { assess, verdict } from "./verdict";
export type { Verdict } from "./verdict";
