import { runProgram } from "../../../../stacks/program";
import { catalogue } from "../../../components/program/catalogue";

/** Our own program with a small catalogue, kept in a cluster's own Secrets. */
const { environment, workloads } = runProgram(catalogue);
export { environment, workloads };
