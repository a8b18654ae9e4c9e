import type { Command } from "commander";

import type * as Check from "./check";
import type * as Compose from "./compose";
import type * as Example from "./example";
import type * as References from "./references";

/** Registers `env` with its subcommands; what one needs is loaded when it is called. */
export function registerEnv(program: Command): void {
    const env = program
        .command("env")
        .description(
            "Develop on one machine with the variables of the catalogue. No value passes through it.",
        )
        .addHelpText("after", HELP);

    env.command("example [platforms...]")
        .description("Print a .env.example: each variable, what it is and how to come by a value.")
        .option("-e, --environment <name>", ENVIRONMENT)
        .option("--write", "into local/examples, which is committed")
        .addHelpText("after", EXAMPLE_HELP)
        .action(async (platforms: readonly string[], options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { example } = require("./example") as typeof Example;
            process.exitCode = await example(platforms, options as Example.ExampleOptions);
        });
    env.command("check [file]")
        .description("Tell what is wrong with a .env file (default: .env), by line, without a value.")
        .option("-p, --platform <name>", "the platform (default: the one whose variables they are)")
        .option("-e, --environment <name>", ENVIRONMENT)
        .option("--process-env", "check the variables of this process, at a container's start")
        .option("--json", "for programs")
        .addHelpText("after", CHECK_HELP)
        .action(async (file: string | undefined, options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { checkEnv } = require("./check") as typeof Check;
            process.exitCode = await checkEnv(file, options as Check.CheckOptions);
        });
    env.command("compose <platform>")
        .description("Print the secrets and the configuration of each service for Docker Compose.")
        .option("-e, --environment <name>", ENVIRONMENT)
        .option("--swarm", "for a Swarm, with the script that creates its secrets from the store")
        .option("--optional", "secrets that applications do without, too")
        .option("--write <dir>", "into files of this folder")
        .addHelpText("after", COMPOSE_HELP)
        .action(async (platform: string, options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { compose } = require("./compose") as typeof Compose;
            process.exitCode = await compose(platform, options as Compose.ComposeOptions);
        });
    env.command("references <platform>")
        .description("Print what applications write in their own configuration to mean a field.")
        .option("-e, --environment <name>", ENVIRONMENT)
        .option("--store <store>", "as if the platform were kept in this store")
        .option("--json", "for programs")
        .addHelpText("after", REFERENCES_HELP)
        .action(async (platform: string, options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { references } = require("./references") as typeof References;
            process.exitCode = await references(platform, options as References.ReferencesOptions);
        });
}

const ENVIRONMENT = "the environment (default: the only one that is not protected)";

const EXIT_CODES = `
Exit codes:
  0  all is well
  1  the project, a file or this command is wrong
  3  the command itself is at fault`;

const HELP = `
Examples:
  npm run env -- example devplatform
  npm run env -- check .env --platform devplatform
  npm run env -- compose devplatform
  npm run env -- references yosai --environment prod

There is no 'pull' and no 'push': values go from a store to whoever may read it, and never through here.
`;

const EXAMPLE_HELP = `
Examples:
  npm run env -- example devplatform          to be copied to .env
  npm run env -- example --write              all that are committed, anew
${EXIT_CODES}`;

const CHECK_HELP = `
Examples:
  npm run env -- check .env --platform devplatform
  npm run env -- check .env.prod --platform yosai --environment prod
  npm run env -- check --process-env --platform estuary --environment prod

Where strongroom:protect is true, most warnings are errors, and settings for development are as well.

Exit codes:
  0  nothing is wrong, or there are warnings alone
  1  the project, the file or this command is wrong
  2  there are errors
  3  the command itself is at fault`;

const COMPOSE_HELP = `
Examples:
  npm run env -- compose devplatform --write ../devplatform
  npm run env -- compose devplatform --swarm --environment prod
${EXIT_CODES}`;

const REFERENCES_HELP = `
Examples:
  npm run env -- references yosai --environment prod
  npm run env -- references devplatform --store vault
${EXIT_CODES}`;
