export { request, run, runCase } from "../../../policies/testing";
export type { Outcome } from "../../../policies/testing";
