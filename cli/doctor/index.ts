import type { Command } from "commander";

import type * as DoctorCommand from "./doctor";

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Registers `doctor`; what it needs is loaded when it is called. */
export function registerDoctor(program: Command): void {
    program
        .command("doctor")
        .description("Say why a secret is not found, not synced or not rotated, and what to type next.")
        .option("-s, --stack <name>", "a stack to look at; repeat it for several (default: all)", collect, [])
        .option("-p, --platform <name>", "one platform")
        .option("-d, --document <id>", "one document, as <platform>/<document>")
        .option("-c, --consumer <id>", "one consumer, as <platform>/<consumer>")
        .option(
            "--context <context>",
            "look at a cluster by this kubectl context, or <cluster>=<context>; repeat it",
            collect,
            [],
        )
        .option("--from <file>", "look at what kubectl wrote into a file instead; repeat it", collect, [])
        .option("--stores", "ask aws, gcloud and vault for metadata of entries; never for a value")
        .option("--network", "fetch the keys of token issuers from where this runs")
        .option("--json", "for programs")
        .addHelpText("after", HELP)
        .action(async (options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { doctor } = require("./doctor") as typeof DoctorCommand;
            process.exitCode = await doctor(options as DoctorCommand.DoctorOptions);
        });
}

const HELP = `
Examples:
  npm run doctor                                                  what can be seen without a cluster
  npm run doctor -- --stack prod --consumer devplatform/backend   all that concerns one workload
  npm run doctor -- --stack prod --context eks-prod               the cluster's objects as well
  npm run doctor -- --stack prod --document devplatform/db --stores

It reads, and changes nothing. What could not be looked at is told as that.

Exit codes:
  0  no problem was found
  1  the command is wrong
  2  a problem was found
  3  doctor itself is at fault`;
