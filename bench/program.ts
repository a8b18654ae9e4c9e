import * as pulumi from "@pulumi/pulumi";
import { runProgram } from "../stacks/program";
import { madeUpCatalogue } from "./estate";

/** The program of a made-up estate: ours, with a catalogue as large as the stack's configuration says. */
const { environment } = runProgram(madeUpCatalogue(new pulumi.Config("estate").requireNumber("documents")));
export { environment };
